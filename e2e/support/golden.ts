import { chromium, type Page } from '@playwright/test';
import { BROWSER_FLAGS } from '../../scripts/lib/browser-flags.mjs';
import { startLauncher } from './start-launcher';
import { test as base, expect } from './test';

interface WorkerFixtures {
  /** Address of an app on the frozen chain. */
  readonly frozenUrl: string;
}

/**
 * Tests of how pages look. One browser alone draws them, the Chromium inside an npm package of the lockfile, on the chain whose blocks, positions
 * and prices are the same at each start, with the page's clock standing still. Where that browser does not run they are left out, and say so.
 */
export const test = base.extend<object, WorkerFixtures>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from the pattern
    async ({}, use) => {
      const executablePath = process.env.BALLAST_PACKAGED_CHROMIUM;
      const browser = await chromium.launch({
        args: [...BROWSER_FLAGS, '--font-render-hinting=none', '--force-color-profile=srgb', '--hide-scrollbars'],
        ...(executablePath && { executablePath }),
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  frozenUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from the pattern
    async ({}, use) => {
      const frozen = await startLauncher(['--frozen']);
      await use(frozen.url);
      await frozen.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: async ({ frozenUrl }, use) => {
    await use(frozenUrl);
  },
});

/** At the head of each file of golden tests. */
export function skipWhereGoldensCannotBeDrawn(): void {
  const reason = `goldens are drawn by a browser for Linux x64 only, and this is ${process.platform} ${process.arch}`;
  if (!process.env.BALLAST_PACKAGED_CHROMIUM) console.warn(`GOLDENS LEFT OUT: ${reason}`);
  test.skip(!process.env.BALLAST_PACKAGED_CHROMIUM, reason);
}

/** Stops the page's clock at the frozen chain's last block, so that ages are the same at each run. Call it before `goto`. */
export async function freezeClock(page: Page, atMs: number): Promise<void> {
  await page.clock.setFixedTime(atMs);
}

export { expect };
