import { pathToFileURL } from 'node:url';
import { bundleProgram } from './bundle-program.mjs';
import { installIfNeeded } from './install.mjs';
import { createProgress } from './progress.mjs';

/**
 * `npm run -s ballast`: installs what is missing, then bundles `scripts/ballast.ts` and runs it in this very process, so that streams and
 * memory are its own. Standard output is its alone.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function main(args) {
  await installIfNeeded(createProgress({ write: (text) => process.stderr.write(text) }));
  const program = await import(pathToFileURL(await bundleProgram('scripts/ballast.ts')).href);
  return program.main(args);
}
