import { createTestChain } from './support/chain';
import {
  exactHealthFactor,
  lineOf,
  positionsTable,
  readKnownTable,
  readTable,
  rowLink,
  rowOf,
} from './support/positions-table';
import { expect, test } from './support/test';

const PRECISION = 1_000_000n;

/** The band across the top that says that figures are not today's. */
const BAND = /^What if:/;

test.beforeEach(async ({ page, devnet }) => {
  // Prices stand still, so that a figure moves by the shock alone.
  await devnet.control({ action: 'pause' });
  await page.goto('/');
  await readKnownTable(page);
});

test('keys move everything by 5 %, and 0 takes it back', async ({ page }) => {
  const band = page.getByRole('status').filter({ hasText: BAND });
  const before = lineOf(await readTable(page), 'AAVE only');
  await expect(band).toBeHidden();

  await page.keyboard.press('[');
  await page.keyboard.press('[');
  await expect(band).toContainText('everything but dollar stablecoins −10 %');
  await expect(page).toHaveURL(/shock=all:-1000/);
  // One collateral, one stablecoin debt: the health factor falls exactly as the price does.
  await expect
    .poll(async () => {
      const after = exactHealthFactor(lineOf(await readTable(page), 'AAVE only')) ?? 0n;
      return (after * PRECISION) / (exactHealthFactor(before) ?? 1n);
    })
    .toBeGreaterThan((PRECISION * 8_999n) / 10_000n);
  const after = exactHealthFactor(lineOf(await readTable(page), 'AAVE only')) ?? 0n;
  expect(after * 10_000n).toBeLessThan((exactHealthFactor(before) ?? 0n) * 9_001n);

  await page.keyboard.press(']');
  await expect(band).toContainText('everything but dollar stablecoins −5 %');
  await page.keyboard.press('0');
  await expect(band).toBeHidden();
  await expect(page).not.toHaveURL(/shock/);
});

test('shocked figures are underlined, and only those that the shock changes', async ({ page }) => {
  const underlined = (owner: string) =>
    rowOf(page, owner)
      .getByRole('cell')
      .nth(5)
      .locator('[title]')
      .first()
      .evaluate((element) => getComputedStyle(element).textDecorationLine);
  expect(await underlined('Short ETH')).toBe('none');
  await page.goto('/?shock=eth:-2000');
  await expect(page.getByRole('status').filter({ hasText: BAND })).toContainText('ETH −20 %');
  await expect.poll(() => underlined('Short ETH')).toBe('underline');
  // Bitcoin against dollars: ether says nothing about it.
  expect(await underlined('BTC vault')).toBe('none');
});

test('figures are those the contract itself gives at the shocked price', async ({ page, devnet }) => {
  const deployment = await devnet.deployment();
  const chain = createTestChain(devnet.rpcUrl(), deployment);
  const feed = deployment.deployment.assets.find(({ symbol }) => symbol === 'AAVE')?.feed;
  const owner = deployment.accounts.find(({ label }) => label === 'AAVE only')?.address;
  if (!feed || !owner) throw new Error('The account “AAVE only” and its asset are needed');
  const before = exactHealthFactor(lineOf(await readTable(page), 'AAVE only'));

  await page.goto('/?shock=aave:-3000');
  await expect(page.getByRole('status').filter({ hasText: BAND })).toBeVisible();
  await expect.poll(async () => exactHealthFactor(lineOf(await readTable(page), 'AAVE only'))).not.toBe(before);
  const shocked = exactHealthFactor(lineOf(await readTable(page), 'AAVE only')) ?? 0n;

  const answer = await chain.client.readContract({
    address: feed,
    abi: [
      { type: 'function', name: 'latestAnswer', stateMutability: 'view', inputs: [], outputs: [{ type: 'int256' }] },
    ],
    functionName: 'latestAnswer',
  });
  await devnet.control({
    action: 'oracle',
    asset: await devnet.assetId('AAVE'),
    answer: ((answer * 7_000n) / 10_000n).toString(),
  });
  // Interest of the seconds between the two is all that may tell them apart.
  const theirs = await chain.readHealthFactor(owner, await chain.client.getBlockNumber({ cacheTime: 0 }));
  const off = shocked > theirs ? shocked - theirs : theirs - shocked;
  expect(off * PRECISION, `${shocked} against ${theirs}`).toBeLessThan(theirs);
});

test('slider and presets set it, a link reproduces it', async ({ page, context }) => {
  const band = page.getByRole('status').filter({ hasText: BAND });
  const slider = page.getByRole('slider', { name: 'What if All changes' });
  await slider.focus();
  await slider.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /^−1\s%$/);
  await expect(band).toContainText('everything but dollar stablecoins −1 %');

  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: /^12–13 March 2020/ }).click();
  await expect(band).toContainText('ETH −55.8 %');
  await expect(rowOf(page, 'Hair above 1').getByText(/^liquidatable/)).toBeVisible();
  const figures = async (of: typeof page) =>
    (await readTable(of)).map((line) => `${line.id} ${line.cells['Health factor']?.text.split('\n')[0]?.slice(0, 4)}`);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('status').filter({ hasText: BAND })).toContainText('ETH −55.8 %');
  await expect(positionsTable(other)).toBeVisible();
  await expect.poll(() => figures(other)).toEqual(await figures(page));
  await other.close();

  await band.getByRole('button', { name: 'Reset' }).click();
  await expect(band).toBeHidden();
  await expect(rowOf(page, 'AAVE only').getByText(/^safe/)).toBeVisible();
});

test('a part of a link that cannot be read is said, with what is shown instead', async ({ page }) => {
  await page.goto('/?shock=eth:-10%25');
  const problem = page.getByRole('alert').filter({ hasText: 'cannot be read' });
  await expect(problem).toContainText('“eth:-10%”');
  await expect(page.getByRole('status').filter({ hasText: BAND })).toBeHidden();
  await problem.getByRole('button', { name: 'Dismiss' }).click();
  await expect(problem).toBeHidden();
  await expect(page).not.toHaveURL(/shock/);

  await page.goto('/risk?fall=eth:12');
  const mark = page.getByRole('alert').filter({ hasText: 'mark of the curve' });
  await expect(mark).toContainText('cannot be read (“eth:12”): all positions are shown');
  await mark.getByRole('button', { name: 'Dismiss' }).click();
  await expect(mark).toBeHidden();
  await expect(page).not.toHaveURL(/fall/);

  await page.goto('/');
  const href = await rowLink(page, 'AAVE only').getAttribute('href');
  await page.goto(`${href}?at=weth:2000`);
  await expect(page.getByRole('alert').filter({ hasText: 'moved point' })).toContainText('no price is moved');
});
