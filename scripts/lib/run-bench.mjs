import { spawn } from 'node:child_process';
import { installIfNeeded } from './install.mjs';
import { createProgress } from './progress.mjs';
import { ROOT } from './project.mjs';

/**
 * `npm run bench`: installs what is missing, then runs the benchmarks; standard output is theirs alone.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function main(args) {
  await installIfNeeded(createProgress({ write: (text) => process.stderr.write(text) }));
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--import', './bench/runtime/register.mjs', 'bench/main.ts', ...args],
    { cwd: ROOT, stdio: 'inherit' },
  );
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // The benchmarks end what they started; this waits for them.
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
