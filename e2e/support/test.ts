import { test as base, expect } from '@playwright/test';
import { watchConsole } from './console-guard';
import { createDevnetControl, type DevnetControl } from './devnet';
import { openInteractivePages } from './interactive-pages';

interface Fixtures {
  /** The market and the chain of this run; what a test did to them is undone after it. */
  readonly devnet: DevnetControl;
  /** Any error a page reports fails its test; `allowConsoleError` is for a test that provokes one. */
  readonly allowConsoleError: (pattern: RegExp) => void;
}

export const test = base.extend<Fixtures>({
  context: async ({ context }, use) => {
    openInteractivePages(context);
    await use(context);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from the pattern
  devnet: async ({}, use) => {
    const devnet = createDevnetControl();
    await use(devnet);
    await devnet.restore();
  },
  allowConsoleError: [
    async ({ context }, use) => {
      const { unexpected, allow } = watchConsole(context);
      await use(allow);
      expect(unexpected(), 'the page reported errors').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
