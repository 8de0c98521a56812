import type { Locator, Page } from '@playwright/test';
import { expect, freezeClock, skipWhereGoldensCannotBeDrawn, test } from './support/golden';
import { positionsTable, readKnownTable, rowLink } from './support/positions-table';

/** The frozen chain's last block: ages of oracle answers are measured against it. */
const FROZEN_TIME_MS = 1_750_000_800_000;
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

skipWhereGoldensCannotBeDrawn();

/** What tells wall-clock ages, which go on while everything else stands still. */
const moving = (page: Page): Locator[] => [
  page.getByRole('button', { name: /^Local chain:/ }),
  page.getByText(/Last tick .* ago\./),
  // The age's width moves what stands beside it.
  page.getByTitle(/^Market price from .* by the wall clock$/).locator('xpath=..'),
  page
    .getByRole('term')
    .filter({ hasText: /^Seen$/ })
    .locator('xpath=..'),
];

/** Draws once fonts are there, every figure is known and nothing loads any more. */
async function expectGolden(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  await expect(page).toHaveScreenshot(`${name}.png`, {
    animations: 'disabled',
    caret: 'hide',
    mask: moving(page),
    // One pixel of another shade is another picture: the browser is pinned, so nothing else may differ.
    maxDiffPixels: 0,
    timeout: 20_000,
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: WIDE });
    test.beforeEach(({ page }) => freezeClock(page, FROZEN_TIME_MS));

    test('Positions', async ({ page }) => {
      await page.goto('/');
      await readKnownTable(page);
      await expectGolden(page, `positions-${colorScheme}-1280`);
    });

    test('One position', async ({ page }) => {
      await page.goto('/');
      await readKnownTable(page);
      await rowLink(page, 'ETH + BTC, two debts').click();
      await expect(page.getByRole('slider', { name: /^How has the health factor moved\?/ })).toBeVisible({
        timeout: 60_000,
      });
      await expect(page.getByText(/reading \d+ of \d+ blocks/)).toBeHidden({ timeout: 60_000 });
      await expect(page.getByText(/^today \$/)).toBeVisible();
      await expectGolden(page, `position-${colorScheme}-1280`);
    });

    test('Settings', async ({ page }) => {
      await page.goto('/settings');
      await expect(page.getByRole('cell', { name: 'WETH', exact: true })).toBeVisible();
      await expectGolden(page, `settings-${colorScheme}-1280`);
    });

    test('Risk', async ({ page }) => {
      await page.goto('/risk');
      await expect(page.getByText(/^bad debt$/)).toBeVisible({ timeout: 60_000 });
      await expect(page.getByRole('progressbar')).toBeHidden({ timeout: 60_000 });
      await expectGolden(page, `risk-${colorScheme}-1280`);
    });

    test('Positions on a phone', async ({ page }) => {
      await page.setViewportSize(PHONE);
      await page.goto('/');
      await expect(page.getByRole('region', { name: 'Positions' }).getByRole('listitem')).toHaveCount(18);
      await expect(positionsTable(page)).toBeHidden();
      await expectGolden(page, `positions-${colorScheme}-390`);
    });
  });
}
