import type { Page } from '@playwright/test';
import { roles } from '@/lib/devnet/roles';
import { createTestChain } from './support/chain';
import type { DevnetControl } from './support/devnet';
import { exactHealthFactor, lineOf, readTable, rowLink, rowOf } from './support/positions-table';
import { expect, test } from './support/test';

/** Opens a position from the list, as people do. */
async function openPosition(page: Page, owner: string): Promise<void> {
  await page.goto('/');
  await rowLink(page, owner).click();
  await expect(page.getByRole('heading', { level: 1, name: `${owner} · ` })).toBeVisible();
}

async function readAavePositionId(devnet: DevnetControl, label: string): Promise<string> {
  const { deployment, accounts } = await devnet.deployment();
  const owner = accounts.find((account) => account.label === label)?.address;
  return `aave-v3~${deployment.chainId}~${deployment.aave.pool}~${owner}`;
}

/** The panel under a heading. */
const panel = (page: Page, title: string | RegExp) =>
  page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: title }) });

test('a position opens from its row, by its link and after a reload, with its legs', async ({ page, context }) => {
  await openPosition(page, 'ETH + BTC, two debts');
  const url = page.url();
  expect(decodeURIComponent(url)).toMatch(/\/positions\/aave-v3~\d+~0x[0-9a-f]{40}~0x[0-9a-f]{40}$/);
  const legs = panel(page, /^What it is made of/).getByRole('table');
  const names = async () =>
    (await legs.getByRole('row').allInnerTexts()).slice(1).map((text) => text.split(/\s/).filter(Boolean).slice(0, 2));
  const expected = [
    ['WETH', 'collateral'],
    ['WBTC', 'collateral'],
    ['USDC', 'debt'],
    ['DAI', 'debt'],
  ];
  expect((await names()).sort()).toEqual([...expected].sort());
  const weth = legs.getByRole('row').filter({ hasText: 'WETH' });
  await expect(weth).toContainText('88');
  await expect(weth).toContainText('83 %');
  await expect(weth).toContainText('80.5 %');
  await expect(weth).toContainText(/oracle \d+/);

  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: /^ETH \+ BTC, two debts/ })).toBeVisible();
  await expect(legs.getByRole('row')).toHaveCount(5);

  const other = await context.newPage();
  await other.goto(url);
  await expect(other.getByRole('heading', { level: 1, name: /^ETH \+ BTC, two debts/ })).toBeVisible();
  await other.close();
});

test('liquidation prices: the contract itself liquidates there, and not a unit before', async ({ page, devnet }) => {
  const { deployment, accounts } = await devnet.deployment();
  const chain = createTestChain(devnet.rpcUrl(), await devnet.deployment());
  const owner = accounts.find(({ label }) => label === 'AAVE only')?.address;
  if (!owner) throw new Error('The account “AAVE only” is needed');
  await devnet.control({ action: 'pause' });
  await openPosition(page, 'AAVE only');
  const line = panel(page, /^Which prices liquidate it/)
    .getByRole('listitem')
    .filter({ hasText: 'AAVE alone' });
  const shown = await line.locator('[title]').first().getAttribute('title');
  const [whole = '', fraction = ''] = (shown?.split('\n')[0] ?? '').replaceAll(',', '').split('.');
  const answer = BigInt(whole + fraction.padEnd(8, '0'));
  expect(answer).toBeGreaterThan(0n);

  const asset = await devnet.assetId('AAVE');
  const healthFactorAt = async (price: bigint) => {
    await devnet.control({ action: 'oracle', asset, answer: price.toString() });
    return chain.readHealthFactor(owner, await chain.client.getBlockNumber({ cacheTime: 0 }));
  };
  expect(await healthFactorAt(answer)).toBeLessThan(10n ** 18n);
  // Interest runs while this is tried: a unit of the price is within a second of it, a millionth is not.
  expect(await healthFactorAt(answer + answer / 1_000_000n + 1n)).toBeGreaterThanOrEqual(10n ** 18n);
  expect(deployment.chainId).toBeGreaterThan(0);
});

test('a rise liquidates who owes ether, and where no price does, that is said with its reason', async ({ page }) => {
  await openPosition(page, 'Short ETH');
  const prices = panel(page, /^Which prices liquidate it/);
  await expect(prices.getByRole('listitem').filter({ hasText: 'WETH alone' })).toContainText('+');
  await expect(prices.getByRole('listitem').filter({ hasText: 'All collateral together' })).toContainText('−');

  await openPosition(page, 'No debt');
  await expect(prices.getByRole('listitem').filter({ hasText: 'WETH alone' })).toContainText(/none.*(owed|debt)/);
});

test('check on chain: equal to the last unit, and what is copied can be repeated', async ({
  page,
  context,
  devnet,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  for (const owner of ['Same asset both sides', 'BTC vault']) {
    await openPosition(page, owner);
    await page.getByRole('button', { name: 'Check on chain' }).click();
    const dialog = page.getByRole('dialog', { name: /equal, 0 units off$/ });
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Copy as JSON' }).click();
    await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as {
      readonly blockHash: string;
      readonly contract: string;
      readonly calldata: string;
      readonly answer: string;
      readonly figures: readonly { readonly unitsOff: string }[];
      readonly request: unknown;
    };
    expect(copied.figures.length).toBeGreaterThan(3);
    expect(copied.figures.every(({ unitsOff }) => unitsOff === '0')).toBe(true);

    // The node itself, asked without any code of the product: the same call at the same block.
    const response = await fetch(devnet.rpcUrl(), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'eth_call',
        params: [{ to: copied.contract, data: copied.calldata }, { blockHash: copied.blockHash }],
      }),
    });
    const told = (await response.json()) as { readonly result?: string; readonly error?: { readonly data?: string } };
    expect(told.result ?? told.error?.data).toBe(copied.answer);
    // And through the app's own route, by the request that was copied whole.
    const through = await page.request.post('/api/rpc', { data: copied.request });
    const toldThrough = (await through.json()) as typeof told;
    expect(toldThrough.result ?? toldThrough.error?.data).toBe(copied.answer);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: /Check on chain.*equal/ })).toBeFocused();
  }
});

test('charts: drawn, as a table, by keyboard; the history fills', async ({ page }) => {
  await openPosition(page, 'BTC vault');
  const curve = page.getByRole('slider', { name: /^At which WBTC price am I liquidated\?/ });
  await expect(curve).toBeVisible();
  await curve.focus();
  await curve.press('End');
  await expect(curve).toHaveAttribute('aria-valuetext', /^Health factor [\d.]+ · WBTC \$[\d,.]+$/);
  await expect(curve.getByText(/^liquidated \$/)).toBeVisible();
  await expect(curve.getByText(/^today \$/)).toBeVisible();

  const history = page.getByRole('slider', { name: /^How has the health factor moved\?/ });
  await expect(history).toBeVisible({ timeout: 20_000 });
  const samples = async () => Number(await history.getAttribute('aria-valuemax'));
  await expect.poll(samples, { timeout: 20_000 }).toBeGreaterThanOrEqual(20);
  expect(await samples()).toBeLessThanOrEqual(60);

  await page.getByRole('button', { name: 'Options of the chart “How has the health factor moved?”' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'As table' }).click();
  const table = page.getByRole('region', { name: 'How has the health factor moved?: table' }).getByRole('table');
  const newest = table.getByRole('row').last().getByRole('cell');
  await expect(newest.first()).toHaveText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, block [\d,]+$/);
  await expect(newest.last()).toHaveText(/^\d\.\d{3,4}$/);
});

test('the figures of the page are those of the list', async ({ page, devnet }) => {
  await devnet.control({ action: 'pause' });
  await page.goto('/');
  await expect(rowOf(page, 'eMode stablecoins')).toBeVisible();
  const listed = exactHealthFactor(lineOf(await readTable(page), 'eMode stablecoins')) ?? 0n;
  await rowLink(page, 'eMode stablecoins').click();
  const cell = page
    .getByRole('term')
    .filter({ hasText: /^Health factor/ })
    .locator('xpath=following-sibling::dd[1]');
  await expect(cell).toBeVisible();
  const [whole = '', fraction = ''] =
    ((await cell.locator('[title]').first().getAttribute('title')) ?? '').split('\n')[0]?.split('.') ?? [];
  const shown = BigInt(whole + fraction.padEnd(18, '0'));
  // Interest of a few seconds between the two.
  const off = shown > listed ? shown - listed : listed - shown;
  expect(off * 1_000_000n).toBeLessThan(listed);
});

test('links that lead to no position say why, each in its own words', async ({ page, devnet }) => {
  const id = await readAavePositionId(devnet, 'Dust');
  const [, chainId, pool, owner] = id.split('~');
  const empty = '0x00000000000000000000000000000000000000e1';
  const lender = roles.liquidity;
  const cases: readonly (readonly [link: string, heading: string | RegExp])[] = [
    ['nonsense', 'This link leads to no position'],
    [`compound~${chainId}~${pool}~${owner}`, 'This venue is not known here'],
    [`aave-v3~${chainId}~${pool}~0x1234`, 'The owner in this link is no address'],
    [`aave-v3~1~${pool}~${owner}`, 'This position is on another chain'],
    [`morpho-blue~${chainId}~0x${'1'.repeat(64)}~${owner}`, 'This market is not read here'],
    [`aave-v3~${chainId}~${pool}~${empty}`, 'This address has no positions'],
    [`aave-v3~${chainId}~${empty}~${lender}`, /^No position of this address in that market/],
  ];
  for (const [link, heading] of cases) {
    await page.goto(`/positions/${link}`);
    await expect(page.getByRole('heading', { name: heading }), link).toBeVisible();
    await expect(page.getByRole('main'), link).not.toContainText(/\bsafe\b/);
    await expect(page.getByRole('link', { name: 'All positions' }), link).toBeVisible();
  }
});
