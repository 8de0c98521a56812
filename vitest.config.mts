import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const alias = { '@': root, 'server-only': `${root}/scripts/test/server-only.ts` };
const chainTests = ['lib/**/*.chain.test.ts'];
const storageTests = ['lib/server/**/*.storage.test.ts'];

/**
 * `unit` needs nothing but Node; `chain` starts its own anvil with the real contracts (two files at a time: each has a chain beside it);
 * `storage` runs on the embedded database and on a Postgres server, one for all files.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          // Nothing here is about time: a busy machine is no fault.
          testTimeout: 60_000,
          // By default a core is left to the one who waits: of two, that is half.
          maxWorkers: '100%',
          // Files share what they import, which is a third of the time: none leaves anything behind that another sees.
          isolate: false,
          include: ['{lib,components,app,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: [...chainTests, ...storageTests, 'node_modules/**'],
          typecheck: {
            enabled: true,
            include: ['lib/**/*.test-d.ts'],
            // What they import and no more: all the types are checked by `tsc` itself.
            tsconfig: 'scripts/test/tsconfig.type-tests.json',
          },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'chain',
          include: chainTests,
          // Ten times the cases take ten times as long.
          testTimeout: 300_000 * Math.max(1, Number(process.env.BALLAST_CASES ?? 1)),
          hookTimeout: 180_000,
          maxWorkers: 2,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'storage',
          include: storageTests,
          globalSetup: 'lib/server/storage/testing/global-setup.ts',
          testTimeout: 300_000 * Math.max(1, Number(process.env.BALLAST_CASES ?? 1)),
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
