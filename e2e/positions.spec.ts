import { parseUnits } from 'viem';
import { createTestChain, type TestChain } from './support/chain';
import type { DevnetDeployment } from './support/devnet';
import {
  exactHealthFactor,
  lineOf,
  positionsTable,
  readKnownTable,
  readTable,
  riskOf,
  rowOf,
  type TableLine,
} from './support/positions-table';
import { readCsv } from './support/read-csv';
import { expect, test } from './support/test';

/** Blocks back in which what the page shows is looked for: it reads each second, and was read a moment ago. */
const RECENT_BLOCKS = 20n;

/**
 * The block at which Aave itself gives this health factor. Debt grows every second, so one block alone does.
 */
async function findBlock(chain: TestChain, owner: `0x${string}`, healthFactor: bigint | undefined): Promise<bigint> {
  const head = await chain.client.getBlockNumber({ cacheTime: 0 });
  const told: string[] = [];
  for (let block = head; block > head - RECENT_BLOCKS; block--) {
    const theirs = await chain.readHealthFactor(owner, block);
    if (theirs === healthFactor) return block;
    told.push(`${block}: ${theirs}`);
  }
  throw new Error(`The page shows ${healthFactor}; Aave says\n${told.join('\n')}`);
}

function addressOf({ accounts }: DevnetDeployment, label: string): `0x${string}` {
  const account = accounts.find((candidate) => candidate.label === label);
  if (account === undefined) throw new Error(`No demo account “${label}”`);
  return account.address;
}

/** "$4.82M" in dollars, and a unit of its last digit: what it may be off, always against the reader. */
function parseCompact(text: string): { readonly usd: number; readonly toleranceUsd: number } {
  const [, sign = '', digits = '', unit = ''] = /^(−?)\$([\d,.]+)([kMBT]?)/.exec(text) ?? [];
  const scale = { '': 1, k: 1e3, M: 1e6, B: 1e9, T: 1e12 }[unit] ?? Number.NaN;
  const plain = digits.replaceAll(',', '');
  const decimals = plain.split('.')[1]?.length ?? 0;
  return {
    usd: (sign === '' ? 1 : -1) * Number(plain) * scale,
    toleranceUsd: 10 ** -decimals * scale * 1.0001,
  };
}

test('every row shows its contract’s own figures, to the last unit', async ({ page, devnet }) => {
  const deployment = await devnet.deployment();
  const chain = createTestChain(devnet.rpcUrl(), deployment);
  await page.goto('/');
  await expect(rowOf(page, 'Hair above 1')).toBeVisible();
  const owner = addressOf(deployment, 'Hair above 1');

  const rows = await readCsv(page);
  const ids = rows.map(({ position = '' }) => position);
  const owners = new Set(rows.map(({ address }) => address));
  for (const { address, label } of deployment.accounts) expect(owners, label).toContain(address);
  expect(owners.size).toBeGreaterThanOrEqual(16);

  const shown = rows.find(({ label, owner: name }) => (label ?? name) === 'Hair above 1');
  const block = await findBlock(chain, owner, parseUnits(shown?.health_factor ?? '', 18));
  const theirs = await chain.readFigures(ids, block);
  const ours = Object.fromEntries(
    rows.map((row) => [
      row.position ?? '',
      {
        collateral: parseUnits(row.collateral_usd ?? '', 8),
        debt: parseUnits(row.debt_usd ?? '', 8),
        healthFactor: row.health_factor === '' ? null : parseUnits(row.health_factor ?? '', 18),
      },
    ]),
  );
  expect(ours).toEqual(theirs);
});

test('what stands in the cells is the contract’s figure, rounded, and exact on hover', async ({ page, devnet }) => {
  const deployment = await devnet.deployment();
  const chain = createTestChain(devnet.rpcUrl(), deployment);
  await page.goto('/');
  await expect(rowOf(page, 'Hair above 1')).toBeVisible();
  const lines = await readKnownTable(page);
  const block = await findBlock(
    chain,
    addressOf(deployment, 'Hair above 1'),
    exactHealthFactor(lineOf(lines, 'Hair above 1')),
  );
  const theirs = await chain.readFigures(
    lines.map(({ id }) => id),
    block,
  );
  for (const line of lines) {
    const contract = theirs[line.id];
    if (!contract) throw new Error(`No figures of ${line.id}`);
    const name = `${line.owner} ${line.id}`;
    if (contract.healthFactor === null) {
      expect(line.cells['Health factor']?.text, name).toBe('∞');
      expect(line.cells.Debt?.text, name).toContain('none');
      continue;
    }
    expect(exactHealthFactor(line), name).toBe(contract.healthFactor);
    // Rounded down, so that what lies below 1 never reads as 1.
    const text = line.cells['Health factor']?.text.split('\n')[0] ?? '';
    const decimals = text.split('.')[1]?.length ?? 0;
    const cut = contract.healthFactor / 10n ** BigInt(18 - decimals);
    expect(text.replace(/[.,]/g, ''), name).toBe(cut.toString().padStart(decimals + 1, '0'));
    const debt = parseCompact(line.cells.Debt?.text ?? '');
    const added = debt.usd - Number(contract.debt) / 1e8;
    // Floats of dollars: a hundredth of a unit of the last digit is no rounding.
    expect(added, name).toBeGreaterThanOrEqual(-debt.toleranceUsd / 100);
    expect(added, name).toBeLessThanOrEqual(debt.toleranceUsd);
  }
});

test('the strip adds the rows up', async ({ page }) => {
  await page.goto('/');
  await expect(rowOf(page, 'Dust')).toBeVisible();
  const term = (name: string) => page.getByRole('term').filter({ hasText: name });
  const figureOf = async (name: string) => {
    const value = term(name).locator('xpath=following-sibling::dd[1]');
    return {
      text: (await value.innerText()).trim(),
      title: await value.locator('[title]').first().getAttribute('title'),
    };
  };
  // Both are drawn from one reading; a block between the two reads of the page would tear them apart.
  await expect(async () => {
    const before = await figureOf('Debt');
    const rows = await readCsv(page);
    const after = await figureOf('Debt');
    expect(after.title).toBe(before.title);
    const sum = (column: string) => rows.reduce((total, row) => total + parseUnits(row[column] ?? '0', 8), 0n);
    // A debt is rounded up leg by leg in the strip and as a whole in a row: a unit of the last place for each leg at most.
    const strip = parseUnits((after.title ?? '').split('\n')[0]?.replace(/[$,]/g, '') ?? '', 8);
    const off = strip - sum('debt_usd');
    expect(off >= -40n && off <= 40n, `strip ${strip}, rows ${sum('debt_usd')}`).toBe(true);
    const lowest = rows
      .filter(({ health_factor: factor }) => factor !== '')
      .map(({ health_factor: factor }) => parseUnits(factor ?? '', 18))
      .reduce((least, factor) => (factor < least ? factor : least));
    const shown = await figureOf('Lowest health factor');
    expect(lowest.toString().padStart(19, '0')).toContain(shown.text.replace('.', ''));
  }).toPass({ timeout: 30_000 });

  const net = parseCompact((await figureOf('Net worth')).text);
  const collateral = parseCompact((await figureOf('Collateral')).text);
  const debt = parseCompact((await figureOf('Debt')).text);
  // Held and net are rounded down, owed up: each may be off to its own side alone.
  const over = collateral.usd - debt.usd - net.usd;
  expect(over).toBeGreaterThanOrEqual(-collateral.toleranceUsd - debt.toleranceUsd);
  expect(over).toBeLessThanOrEqual(net.toleranceUsd);
  await expect(term('Collateral').locator('xpath=following-sibling::dd[2]')).toHaveText(/18 positions/);
});

test('a price that the oracle writes changes the row', async ({ page, devnet }) => {
  const deployment = await devnet.deployment();
  const chain = createTestChain(devnet.rpcUrl(), deployment);
  const owner = addressOf(deployment, 'Hair above 1');
  const aave = deployment.deployment.aave.pool;
  await page.goto('/');
  await expect(rowOf(page, 'Hair above 1')).toBeVisible();
  const before = exactHealthFactor(lineOf(await readKnownTable(page), 'Hair above 1'));
  if (before === undefined) throw new Error('There is no health factor to begin with');

  const weth = deployment.deployment.assets.find(({ symbol }) => symbol === 'WETH');
  const answer = await chain.client.readContract({
    address: weth?.feed ?? aave,
    abi: [
      { type: 'function', name: 'latestAnswer', stateMutability: 'view', inputs: [], outputs: [{ type: 'int256' }] },
    ],
    functionName: 'latestAnswer',
  });
  await devnet.control({
    action: 'oracle',
    asset: await devnet.assetId('WETH'),
    answer: ((answer * 95n) / 100n).toString(),
  });

  const read = async (): Promise<TableLine> => lineOf(await readTable(page), 'Hair above 1');
  await expect.poll(async () => (exactHealthFactor(await read()) ?? before) * 100n < before * 96n).toBe(true);
  await expect(rowOf(page, 'Hair above 1').getByText(/^liquidatable/)).toBeVisible();
  const after = await read();
  expect(riskOf(after)).toBe('liquidatable');
  await findBlock(chain, owner, exactHealthFactor(after));
  await devnet.control({ action: 'feed', asset: await devnet.assetId('WETH'), stop: false, target: 'oracle' });
  await expect.poll(async () => (exactHealthFactor(await read()) ?? 0n) * 100n > before * 98n).toBe(true);
});

test('rows can be sorted, filtered, grouped and chosen by column, and a link keeps all of it', async ({ page }) => {
  await page.goto('/');
  await expect(rowOf(page, 'Dust')).toBeVisible();
  const table = positionsTable(page);
  const factors = async () =>
    (await readTable(page)).map((line) => exactHealthFactor(line)).filter((factor) => factor !== undefined);
  const ascending = (values: readonly bigint[]) => [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

  await readKnownTable(page);
  const sorted = await factors();
  expect(sorted).toEqual(ascending(sorted));
  await table.getByRole('button', { name: 'Health factor' }).click();
  await expect(table.getByRole('columnheader', { name: 'Health factor' })).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(async () => (await readTable(page))[0]?.owner).toBe('No debt');

  await page.getByRole('searchbox', { name: 'Filter positions' }).fill('morpho');
  await expect.poll(async () => (await readTable(page)).every(({ id }) => id.startsWith('morpho-blue~'))).toBe(true);
  expect((await readTable(page)).length).toBeGreaterThanOrEqual(4);

  await page.getByRole('button', { name: 'Group rows' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'venue' }).click();
  await expect(table.getByRole('rowheader', { name: /^Morpho Blue/ })).toBeVisible();

  await page.getByRole('button', { name: 'Choose columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Net APY' }).click();
  await page.keyboard.press('Escape');
  await expect(table.getByRole('columnheader', { name: 'Net APY' })).toBeHidden();

  const owners = (await readTable(page)).map(({ owner }) => owner);
  await page.reload();
  await expect(table.getByRole('rowheader', { name: /^Morpho Blue/ })).toBeVisible();
  expect((await readTable(page)).map(({ owner }) => owner)).toEqual(owners);
  await expect(table.getByRole('columnheader', { name: 'Net APY' })).toBeHidden();

  await page.getByRole('searchbox', { name: 'Filter positions' }).fill('nothing of that name');
  await expect(page.getByRole('heading', { name: 'Nothing matches “nothing of that name”' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect.poll(async () => (await readTable(page)).length).toBe(18);
});
