import { roles } from '@/lib/devnet/roles';
import { positionsTable, readTable, rowOf } from './support/positions-table';
import { expect, test } from './support/test';

/** Supplies what the demo accounts borrow: has positions on both venues, and is none of them. */
const LENDER = roles.liquidity;
/** Nobody's: nothing is supplied or owed. */
const EMPTY = '0x00000000000000000000000000000000000000e1';
/** Where the list is kept in the browser: a list written today must be read by a later version. */
const KEY = 'ballast-watch';
const COPY_KEY = 'ballast-watch-unreadable';

test('any address can be watched by hand, and stays after a reload', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: '+ Watch an address' }).click();
  const dialog = page.getByRole('dialog', { name: 'Watch an address' });
  await dialog.getByLabel('Address').fill(LENDER.toUpperCase().replace('0X', '0x'));
  await dialog.getByLabel('Name, if you like').fill('The lender');
  await dialog.getByRole('button', { name: 'Watch' }).click();
  await expect(dialog).toBeHidden();

  await expect(page).toHaveURL(new RegExp(`watch=${LENDER}`));
  await expect(rowOf(page, 'The lender')).toBeVisible();
  const lines = await readTable(page);
  expect(lines.length).toBeGreaterThanOrEqual(4);
  expect(new Set(lines.map(({ owner }) => owner))).toEqual(new Set(['The lender']));

  await page.reload();
  await expect(rowOf(page, 'The lender')).toBeVisible();

  const rail = page.getByRole('navigation', { name: 'Screens' }).filter({ visible: true });
  await page.goto('/');
  await rail.getByRole('button', { name: 'The lender', exact: true }).click();
  await expect(rowOf(page, 'The lender')).toBeVisible();
  await rail.getByRole('button', { name: 'Stop watching The lender' }).click();
  await expect(rail.getByRole('button', { name: 'The lender', exact: true })).toBeHidden();
});

test('a link alone shows an address to anyone, with nothing kept', async ({ page }) => {
  await page.goto(`/?watch=${LENDER}`);
  await expect(positionsTable(page).getByRole('link', { name: /^0x/ }).first()).toBeVisible();
  expect(await page.evaluate((key) => localStorage.getItem(key), KEY)).toBeNull();
  await page.getByRole('button', { name: `Keep watching ${LENDER}` }).click();
  await expect.poll(() => page.evaluate((key) => localStorage.getItem(key), KEY)).toContain(LENDER);
});

test('what is no address is refused with the reason, by hand and in a link', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: '+ Watch an address' }).click();
  const dialog = page.getByRole('dialog', { name: 'Watch an address' });
  const field = dialog.getByLabel('Address');
  await field.fill('0x1234');
  await dialog.getByRole('button', { name: 'Watch' }).click();
  await expect(dialog.getByRole('alert')).toContainText('not an address');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill(`${LENDER}00`);
  await expect(dialog.getByRole('alert')).toBeHidden();
  await dialog.getByRole('button', { name: 'Watch' }).click();
  await expect(dialog.getByRole('alert')).toContainText('not an address');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await page.goto(`/?watch=0x1234,${LENDER}`);
  await expect(page.getByText('The link names something that is no address')).toBeVisible();
  await expect(positionsTable(page).getByRole('link', { name: /^0x/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Leave it out' }).click();
  await expect(page.getByText('The link names something that is no address')).toBeHidden();
});

test('an address without positions says so, and shows no figure', async ({ page }) => {
  await page.goto(`/?watch=${EMPTY}`);
  await expect(page.getByRole('heading', { name: /has no positions$/ })).toBeVisible();
  await expect(positionsTable(page)).toBeHidden();
  await expect(page.getByRole('main')).not.toContainText('safe');
  await page.getByRole('button', { name: 'Show the demo accounts' }).click();
  await expect(rowOf(page, 'Hair above 1')).toBeVisible();
});

test('a list that cannot be read is said and kept aside, not thrown away', async ({ page }) => {
  const damaged = '{"version":1,"entries":[{"address":"0x12';
  await page.addInitScript(([key, text]) => localStorage.setItem(key, text), [KEY, damaged] as const);
  await page.goto('/');
  await expect(rowOf(page, 'Hair above 1')).toBeVisible();
  await expect(page.getByText('The watch list kept in this browser could not be read.')).toBeVisible();
  expect(await page.evaluate((key) => localStorage.getItem(key), COPY_KEY)).toBe(damaged);
});

test('a list of a later version is not mistaken for this one’s', async ({ page }) => {
  const later = JSON.stringify({ version: 99, entries: [{ address: LENDER, mood: 'new' }] });
  await page.addInitScript(([key, text]) => localStorage.setItem(key, text), [KEY, later] as const);
  await page.goto('/');
  await expect(page.getByText('The watch list kept in this browser could not be read.')).toBeVisible();
  expect(await page.evaluate((key) => localStorage.getItem(key), COPY_KEY)).toBe(later);
});
