import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LauncherError } from './launcher-error.mjs';
import { ROOT, STATE_DIR } from './project.mjs';

/** Next's marker of server code (server-only) means something under this condition alone; packages that are no modules ask for `require`. */
const SERVER = {
  conditions: ['react-server'],
  external: ['@electric-sql/pglite', 'pg-native'],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
};

/**
 * One plain module of a TypeScript program with all it imports, in the state directory. The development loader (tsx) would start slower and
 * turn every import into a getter, of which the sums would be half as slow again. Two at once do not meet: each writes a file of its own and
 * puts it in place whole.
 *
 * Throws `LauncherError` with what the bundler said where the sources do not fit together.
 *
 * @param {string} source path within the checkout, like 'scripts/ballast.ts'
 * @param {{ isServer?: boolean }} [options] `isServer`: with the server's own modules, and what they need of packages that read files beside them
 * @returns {Promise<string>} the module's path
 */
export async function bundleProgram(source, { isServer = false } = {}) {
  // Imported here: where packages are missing, the module that installs them must load first.
  const { build, stop } = await import('esbuild');
  const folder = join(STATE_DIR, 'programs');
  const bundle = join(folder, `${basename(source, '.ts')}.mjs`);
  const fresh = join(folder, `${randomUUID()}.mjs`);
  try {
    await build({
      absWorkingDir: ROOT,
      entryPoints: [source],
      outfile: fresh,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.9',
      // Some packages say as their main file a script that no bundler can follow.
      mainFields: ['module', 'main'],
      logLevel: 'silent',
      ...(isServer && SERVER),
    });
    renameSync(fresh, bundle);
    return bundle;
  } catch (cause) {
    rmSync(fresh, { force: true });
    throw new LauncherError(`${source} could not be bundled: ${cause instanceof Error ? cause.message : cause}`);
  } finally {
    await stop();
  }
}
