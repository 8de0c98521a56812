import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runNode } from './processes.mjs';
import { ROOT } from './project.mjs';
import { findImpurities } from './purity.mjs';

const FOLDERS = ['app', 'components', 'lib', 'proxy.ts', 'instrumentation.ts', 'instrumentation-client.ts'];

/**
 * `npm run boundaries`: the direction of imports, cycles, and the purity of the rooms that promise it.
 *
 * @returns {Promise<number>} exit code
 */
export async function main() {
  const { code } = await runNode(
    [
      join('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      ...FOLDERS.filter((folder) => existsSync(join(ROOT, folder))),
    ],
    { onLine: (line) => console.log(line) },
  );
  const impurities = readImpurities();
  for (const line of impurities) console.log(line);
  return code === 0 && impurities.length === 0 ? 0 : 1;
}

/** @returns {string[]} one line each */
function readImpurities() {
  const { isPure } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs'));
  return listSources('lib')
    .filter(isPure)
    .flatMap((file) =>
      findImpurities(readFileSync(join(ROOT, file), 'utf8')).map(
        ({ line, what }) => `${file}:${line}: ${what} in a pure room: take it as an argument`,
      ),
    );
}

/** @param {string} folder @returns {string[]} with forward slashes */
function listSources(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return listSources(path);
    return /\.tsx?$/.test(path) ? [path] : [];
  });
}
