import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AIM_KB, LIMIT_KB, readFirstScripts } from './first-load.mjs';
import { LauncherError } from './launcher-error.mjs';
import { ROOT } from './project.mjs';

/**
 * `npm run size`: script bytes, gzip, that the page `/` asks for at once. What loads after the first paint is measured by `npm run bench -- firstLoad`.
 *
 * @returns {Promise<number>} exit code
 */
export async function main() {
  const buildDir = join(ROOT, '.next');
  if (!existsSync(join(buildDir, 'BUILD_ID'))) throw new LauncherError('There is no build to measure: npm run build.');
  const scripts = readFirstScripts(buildDir);
  for (const { file, gzipBytes } of scripts) console.log(`${formatKb(gzipBytes).padStart(9)}  ${file}`);
  const total = scripts.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  const isOver = total > LIMIT_KB * 1000;
  console.log(`${formatKb(total).padStart(9)}  first load of /, gzip (aim ${AIM_KB} kB, limit ${LIMIT_KB} kB)`);
  if (isOver) console.log('Over the limit: load later what the first paint does not need.');
  return isOver || total === 0 ? 1 : 0;
}

/** @param {number} bytes */
const formatKb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
