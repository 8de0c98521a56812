import { execFileSync } from 'node:child_process';
import { defineConfig } from '@playwright/test';
import { BROWSER_FLAGS } from './scripts/lib/browser-flags.mjs';

// Workers read this file again: what is chosen once, ports and the token, is handed to them in the environment.
if (process.env.BALLAST_E2E === undefined) {
  const chosen = JSON.parse(execFileSync(process.execPath, ['scripts/lib/test-environment.mjs'], { encoding: 'utf8' }));
  Object.assign(process.env, chosen, { BALLAST_E2E: '1', HOST: '127.0.0.1', BALLAST_END_WITH: String(process.pid) });
  // The tests bring their own chain.
  delete process.env.BALLAST_RPC_URL;
}

const baseURL = `http://127.0.0.1:${process.env.PORT}`;
const executablePath = process.env.CHROMIUM_PATH;
/** `npm run goldens` alone draws them; a missing or different one fails. */
const runsOnlyGoldens = process.argv.some(
  (arg, index, all) => arg === '--project=golden' || (arg === '--project' && all[index + 1] === 'golden'),
);

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Bounds for a machine under load; nothing here measures speed.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  updateSnapshots: 'none',
  snapshotPathTemplate: 'e2e/goldens/{arg}{ext}',
  reporter: 'list',
  use: {
    baseURL,
    viewport: { width: 1280, height: 800 },
    // Tracing every test slows all of them: ask for it when one fails.
    trace: process.env.BALLAST_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: { args: BROWSER_FLAGS, ...(executablePath && { executablePath }) },
  },
  projects: [
    { name: 'app', testIgnore: '**/*.golden.spec.ts' },
    {
      name: 'golden',
      testMatch: '**/*.golden.spec.ts',
      use: { deviceScaleFactor: 1, locale: 'en-GB', timezoneId: 'UTC' },
    },
  ],
  // Golden screenshots stand on a frozen chain, which their fixture starts for itself.
  ...(!runsOnlyGoldens && {
    webServer: {
      command: 'node scripts/start.mjs',
      url: `${baseURL}/api/health`,
      timeout: 240_000,
      reuseExistingServer: false,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
      stdout: 'ignore',
      stderr: 'pipe',
    },
  }),
});
