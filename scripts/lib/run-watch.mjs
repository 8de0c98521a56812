import { pathToFileURL } from 'node:url';
import { bundleProgram } from './bundle-program.mjs';
import { requireChainEnv } from './chain-env.mjs';
import { installIfNeeded } from './install.mjs';
import { LauncherError } from './launcher-error.mjs';
import { createProgress } from './progress.mjs';

/**
 * `npm run watch`: the watch over triggers and the sending of alerts in a process of their own, without the app. Installs what is missing, then
 * bundles `scripts/watch.ts` and runs it in this very process, until SIGINT or SIGTERM.
 *
 * @returns {Promise<number>} exit code
 */
export async function main() {
  const report = createProgress({ write: (text) => process.stderr.write(text) });
  if ((process.env.BALLAST_RPC_URL ?? '') === '') {
    throw new LauncherError(
      'BALLAST_RPC_URL is not set: the watch needs a chain to read. README.md lists what to set (“Another chain”).',
    );
  }
  requireChainEnv(process.env);
  await installIfNeeded(report);
  const program = await import(pathToFileURL(await bundleProgram('scripts/watch.ts', { isServer: true })).href);
  return program.main();
}
