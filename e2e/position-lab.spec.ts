import type { Page } from '@playwright/test';
import { rowLink } from './support/positions-table';
import { expect, test } from './support/test';

/** What the venue's rules answer beyond today: frontier, outcome, moves, remedies, other venues. */

const OWNER = 'ETH + BTC, two debts';

async function openPosition(page: Page): Promise<void> {
  await page.goto('/');
  await rowLink(page, OWNER).click();
  await expect(page.getByRole('heading', { level: 1, name: `${OWNER} · ` })).toBeVisible();
  await expect(panel(page, 'At which pairs of prices am I liquidated?')).toBeVisible();
}

const panel = (page: Page, title: string | RegExp) =>
  page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: title }) });
const frontier = (page: Page) => panel(page, 'At which pairs of prices am I liquidated?');
const outcome = (page: Page) => panel(page, /^What would a liquidation cost/);

/** The tokens a row of the outcome names, in its order. */
const symbolsOf = (row: string): readonly string[] => row.match(/\b[A-Za-z]*[A-Z]{2,}\b/g) ?? [];

test('the moved point: by hand and by keyboard, health factor and outcome follow, and the link keeps it', async ({
  page,
}) => {
  await openPosition(page);
  await expect(frontier(page)).toContainText('Health factor today');
  await expect(outcome(page)).toContainText('nothing is liquidated');
  await outcome(page)
    .getByRole('button', { name: /where it turns$/ })
    .click();
  await expect(frontier(page)).toContainText(/Health factor at this point 0\.999\d* liquidatable/);
  await expect(outcome(page).getByRole('row')).not.toHaveCount(1);
  await expect(outcome(page)).toContainText('Lost to the liquidation');

  const slider = frontier(page).getByRole('slider', { name: 'What if WETH stands at' });
  await slider.focus();
  await page.keyboard.press('End');
  await expect(frontier(page)).not.toContainText('liquidatable now');
  await expect(outcome(page)).toContainText('nothing is liquidated');

  const handle = frontier(page).locator('[data-chart-handle]');
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  const plot = await frontier(page).locator('svg.recharts-surface').first().boundingBox();
  if (!box || !plot) throw new Error('The chart is not drawn.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.25, plot.y + plot.height * 0.8, { steps: 6 });
  await page.mouse.up();
  await expect(frontier(page)).toContainText(/Health factor at this point 0\.\d+ liquidatable/);
  await expect(outcome(page)).toContainText(/Bad debt/);
  await expect(page).toHaveURL(/[?&]at=0x/);
  const moved = await slider.getAttribute('aria-valuetext');

  await page.reload();
  await expect(slider).toHaveAttribute('aria-valuetext', String(moved));
  await expect(outcome(page)).toContainText(/Bad debt/);
  await frontier(page).getByRole('button', { name: 'Back to today' }).click();
  await expect(page).not.toHaveURL(/[?&]at=/);
  await expect(outcome(page)).toContainText('nothing is liquidated');
});

test('the liquidator’s choice is the reader’s to make, and what is assumed is said', async ({ page }) => {
  await openPosition(page);
  await outcome(page)
    .getByRole('button', { name: /where it turns$/ })
    .click();
  const first = outcome(page).getByRole('row').nth(1);
  // The market moves on: which tokens change hands stays, how many of them does not.
  const usual = symbolsOf(await first.innerText());
  const choice = outcome(page).getByRole('combobox', { name: 'What the liquidator takes' });
  await choice.selectOption({ label: 'WBTC for DAI' });
  await expect(first).toContainText('DAI');
  await expect(first).toContainText('WBTC');
  await outcome(page).getByText('What is assumed').click();
  await expect(outcome(page).getByRole('listitem').first()).toBeVisible();
  await choice.selectOption({ label: 'what pays it most' });
  await expect.poll(async () => symbolsOf(await first.innerText())).toEqual(usual);
});

test('along a move: a scenario’s proportions or one’s own, and time from interest alone', async ({ page }) => {
  await openPosition(page);
  const move = panel(page, 'How far along a move until I am liquidated?');
  await expect(move).toContainText(/Liquidated past [\d.]+ (%|times)/);
  await expect(move).toContainText(/From interest alone, prices held\s*in [\d.]+ years/);
  await move.getByRole('combobox', { name: 'The move' }).selectOption({ label: '12–13 March 2020' });
  await expect(move).toContainText('ETH −55.8 %');
  await move.getByRole('combobox', { name: 'The move' }).selectOption({ label: 'a move of your own' });
  for (const name of ['ETH', 'BTC']) {
    const slider = move.getByRole('slider', { name: `How far ${name} moves` });
    await slider.focus();
    await page.keyboard.press('End');
  }
  await expect(move).toContainText('none The move makes the position safer');
});

test('remedies: reach the target, copied to the last unit; a target that is none is said so', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPosition(page);
  const remedies = panel(page, /^What would make it safer/);
  const target = remedies.getByRole('textbox', { name: 'Health factor to reach' });
  await target.fill('2');
  const first = remedies.getByRole('listitem').first();
  await expect(first).toContainText('cheapest');
  await expect(first).toContainText('health 2.000');
  await first.getByRole('button', { name: 'Copy' }).click();
  await expect(first.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^(repay|add|sell|borrow) \d+(\.\d+)? [A-Za-z]+/);
  await expect(remedies).toContainText('Still possible with a health factor of at least 2');
  await target.fill('1.01');
  await expect(remedies).toContainText('Reached as it is');
  await expect(remedies.getByText('Withdraw WETH')).toBeVisible();
  await target.fill('0.5');
  await expect(remedies.getByRole('alert')).toContainText('at least 1');
});

test('the same legs on other venues, side by side, with what they cannot hold', async ({ page }) => {
  await openPosition(page);
  const venues = panel(page, /^The same legs on other venues/);
  const rows = venues.getByRole('row');
  await expect(rows).toHaveCount(11);
  await expect(rows.nth(1)).toContainText('where it stands');
  const liquity = rows.filter({ hasText: 'Liquity v1' });
  await expect(liquity).toContainText('cannot hold WBTC');
  await liquity.getByText('cannot hold WBTC').click();
  await expect(liquity.getByRole('listitem').first()).toBeVisible();
});
