import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { pressInTurn } from './support/press-in-turn';
import { expect, test } from './support/test';

const rows = (page: Page) => page.locator('[data-position]').filter({ visible: true });
const bars = (page: Page) => page.getByRole('list', { name: 'Exposure bars' });
const chosen = (page: Page) => page.getByRole('list', { name: 'Chosen' });
const countLine = (page: Page) => page.getByText(/^[\d,]+( of [\d,]+)? positions?/).first();

/** Figures answer to what was chosen. */
const settled = (page: Page) => expect(page.locator('main [aria-busy]')).toHaveAttribute('aria-busy', 'false');

const book = (positions: readonly unknown[]) =>
  JSON.stringify({ version: 1, prices: { wstETH: '3600', USDC: '1' }, positions });
const morpho = (id: string, debt: string) => ({
  id,
  venue: 'morpho-blue',
  owner: 'Ann',
  counterparty: 'Desk of the test',
  terms: { lltv: '0.86' },
  collateral: [{ asset: 'wstETH', amount: '10' }],
  debt: [{ asset: 'USDC', amount: debt }],
});
const file = (name: string, text: string) => ({
  name,
  mimeType: name.endsWith('.json') ? 'application/json' : 'text/csv',
  buffer: Buffer.from(text),
});
const choose = (page: Page, name: string, text: string) =>
  page.getByLabel('A book to import, JSON or CSV').setInputFiles(file(name, text));

test('the mock book: a bar filters table and link, a reload keeps it, the chip lets go', async ({ page }) => {
  await page.goto('/risk?book=mock');
  await expect(rows(page).first()).toBeVisible();
  await expect(countLine(page)).toContainText('10,000 positions');
  await bars(page)
    .getByRole('button', { name: /^BTC: / })
    .click();
  await expect(page).toHaveURL(/family=btc/);
  await expect(chosen(page).getByRole('button', { name: 'Remove Asset: BTC and what stands for it' })).toBeVisible();
  await expect(countLine(page)).toContainText(' of 10,000');
  await settled(page);
  for (const text of await rows(page).allInnerTexts()) expect(text).toMatch(/BTC/);

  const line = await countLine(page).innerText();
  await page.reload();
  await expect(countLine(page)).toHaveText(line);
  await page.getByRole('button', { name: /^below 1.08: / }).click();
  await expect(page).toHaveURL(/health=1&|health=1$/);
  await settled(page);
  await expect(rows(page).first()).toContainText(/danger/);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(countLine(page)).toContainText('10,000 positions');
  await expect(page).not.toHaveURL(/family=|health=/);
});

test('the curve: a mark shows as many positions as it says', async ({ page }) => {
  await page.goto('/risk?book=mock&falling=eth');
  const curve = page.getByRole('slider', { name: /^What is liquidated if ETH falls/ });
  await expect(curve).toBeVisible();
  await curve.focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowRight');
  await expect(curve).toHaveAttribute('aria-valuetext', /^−30.%: [\d,]+ liquidatable/);
  const said = /: ([\d,]+) liquidatable/.exec((await curve.getAttribute('aria-valuetext')) ?? '')?.[1];
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/fall=eth:3000/);
  await settled(page);
  await expect(countLine(page)).toHaveText(new RegExp(`^${said} of 10,000 positions`));
});

test('a book from a file: taken in, kept, exported, deleted', async ({ page }) => {
  await page.goto('/risk');
  await expect(page.getByRole('button', { name: /^Book: / })).toBeVisible();
  // 36,000 · 0.86 = 30,960 against 9,000 and 31,000.
  await choose(page, 'two.json', book([morpho('far', '9000'), morpho('near', '31000')]));
  await expect(page.getByRole('button', { name: 'Book: two.json' })).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText('near');
  await expect(rows(page).first()).toContainText('liquidatable');
  await page.reload();
  await expect(rows(page)).toHaveCount(2);

  await rows(page).first().getByRole('button', { name: 'near' }).click();
  await expect(page).toHaveURL(/position=near/);
  const details = page.getByRole('dialog', { name: 'near' });
  await expect(details.getByRole('region', { name: 'Legs' })).toContainText('wstETH');
  // 31,000 / 8.6 = 3,604.65…, up.
  await expect(details).toContainText('cured above $3,605');
  await page.keyboard.press('Escape');
  await expect(details).toHaveCount(0);
  await expect(page).not.toHaveURL(/position=/);
  await expect(rows(page).first().getByRole('button', { name: 'near' })).toBeFocused();

  for (const [name, expected] of [
    ['Book as JSON', /"id":"near"/],
    ['Book as CSV', /^position_id,.*\r\nfar,morpho-blue/],
  ] as const) {
    await page.getByRole('button', { name: 'Export what is in view' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name }).click()]);
    expect(await readFile(await download.path(), 'utf8')).toMatch(expected);
  }

  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Book: From chain' })).toBeVisible();
  await page.getByRole('button', { name: /^Book: / }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: /two.json/ })).toHaveCount(0);
});

test('a file that is dropped is taken in', async ({ page }) => {
  await page.goto('/risk?book=mock');
  await expect(rows(page).first()).toBeVisible();
  const data = await page.evaluateHandle(
    (text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
      return transfer;
    },
    book([morpho('one', '9000')]),
  );
  // Outside of what Risk draws, where a browser would leave the page for the file.
  await page.getByRole('banner').dispatchEvent('drop', { dataTransfer: data });
  await expect(page.getByRole('button', { name: 'Book: dropped.json' })).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
});

test('a bad file says line and column and changes nothing; of a CSV the good rows can be taken', async ({ page }) => {
  await page.goto('/risk?book=mock');
  await expect(countLine(page)).toContainText('10,000 positions');
  const terms = '"{""lltv"":""0.86""}"';
  const lines = [
    'position_id,venue,side,asset,amount,price,terms',
    `good,morpho-blue,collateral,wstETH,10,3600,${terms}`,
    `good,morpho-blue,debt,USDC,9000,1,${terms}`,
    `bad,morpho-blue,collateral,wstETH,10,3600,${terms}`,
    `bad,morpho-blue,debt,USDC,lots,1,${terms}`,
  ];
  await choose(page, 'broken.csv', lines.join('\n'));
  await expect(page.getByText(/line 5, column amount/)).toBeVisible();
  await expect(countLine(page)).toContainText('10,000 positions');
  await page.getByRole('button', { name: 'Take the good rows' }).click();
  await expect(page.getByText('1 positions of “broken.csv” were left out')).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText('good');

  await choose(page, 'broken.json', book([{ ...morpho('x', '1'), venue: 'nowhere' }]));
  await expect(page.getByText(/line 1, column \d+: positions\[0\].venue: there is no venue "nowhere"/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take the good rows' })).toHaveCount(0);
});

test('the book from chain, by key and by rail', async ({ page }) => {
  await page.goto('/');
  await pressInTurn(page, 'g', 'r');
  await expect(page).toHaveURL(/\/risk/);
  await expect(page.getByRole('button', { name: 'Book: From chain' })).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  await expect(countLine(page)).toContainText(/1\d positions/);
  await rows(page).first().getByRole('link').click();
  await expect(page).toHaveURL(/\/positions\//);
});

for (const [name, colorScheme, viewport] of [
  ['dark, wide', 'dark', { width: 1280, height: 800 }],
  ['light, phone', 'light', { width: 390, height: 844 }],
] as const) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test('Risk passes axe', async ({ page }) => {
      await page.goto('/risk?book=mock&venue=aave-v3&fall=all:4000');
      await expect(rows(page).first()).toBeVisible();
      await expectAccessible(page);
    });
  });
}
