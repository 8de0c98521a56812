import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findEngineProblems, findForeignRegistries, findMissingPlatforms } from './lock-problems.mjs';
import { MINIMUM_NODE, MINIMUM_NODE_FOR_TESTS } from './node-version.mjs';
import { ROOT } from './project.mjs';

/**
 * `npm run lockcheck`: whether the lockfile installs on Linux, macOS and Windows, from the public registry, on the oldest Node we promise.
 *
 * @returns {Promise<number>} exit code
 */
export async function main() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const problems = [
    ...findMissingPlatforms(packages),
    ...findEngineProblems(packages, { minimum: MINIMUM_NODE, minimumForTests: MINIMUM_NODE_FOR_TESTS }),
    ...findForeignRegistries(packages),
  ];
  for (const problem of problems) console.log(`package-lock.json: ${problem}`);
  console.log(`${Object.keys(packages).length - 1} packages in the lockfile, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}
