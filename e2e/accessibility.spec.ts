import type { Page } from '@playwright/test';
import { expectAccessible } from './support/axe';
import { positionsTable, readKnownTable, rowLink, rowOf } from './support/positions-table';
import { expect, test } from './support/test';

const VIEWS = [
  { name: 'dark, wide', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'light, wide', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark, phone', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  { name: 'light, phone', colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;

/** What lies above a page. */
const OPENED = ':popover-open, dialog[open]';

/** Whatever has the focus shows it: an outline, or a row that is tinted with its link. */
async function expectFocusVisible(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nothing has the focus';
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const around = element.closest('label');
    const outlined = (of: CSSStyleDeclaration) => of.outlineStyle !== 'none' && Number.parseFloat(of.outlineWidth) > 0;
    if (
      (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) ||
      (around && outlined(getComputedStyle(around)))
    )
      return 'yes';
    return element.outerHTML.slice(0, 200);
  });
  expect(seen).toBe('yes');
}

for (const { name, colorScheme, viewport } of VIEWS) {
  test.describe(name, () => {
    test.use({ colorScheme, viewport });

    test('every page passes axe', async ({ page }) => {
      await page.goto('/');
      await expect(
        page
          .getByRole('link', { name: /Hair above 1/ })
          .filter({ visible: true })
          .first(),
      ).toBeVisible();
      await expectAccessible(page);

      const href = await page
        .getByRole('link', { name: /Hair above 1/ })
        .filter({ visible: true })
        .first()
        .getAttribute('href');
      await page.goto(href ?? '/');
      await expect(page.getByRole('slider', { name: /^At which .* price am I liquidated/ })).toBeVisible();
      await expectAccessible(page);

      await page.goto('/settings');
      await expect(page.getByRole('cell', { name: 'WETH', exact: true })).toBeVisible();
      await expectAccessible(page);

      await page.goto('/triggers');
      await expect(page.getByRole('link', { name: 'New trigger' }).first()).toBeVisible();
      await expectAccessible(page);

      const position = decodeURIComponent((href ?? '').replace(/^\/positions\//, '').replace(/\?.*$/, ''));
      await page.goto(`/triggers/new?scope=position:${position}&kind=distance`);
      await expect(page.getByText(/^Warn me when the distance to liquidation of/)).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test('everything that opens passes axe too', async ({ page }) => {
  test.setTimeout(300_000);
  await page.goto('/?shock=all:-1000');
  await readKnownTable(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await expectAccessible(page, OPENED);
  await page.keyboard.press('Escape');
  // While it is open it has the keys to itself.
  await expect(page.getByRole('combobox')).toBeHidden();

  await page.keyboard.press('?');
  const map = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(map).toBeVisible();
  await expectAccessible(page, OPENED);
  await page.keyboard.press('Escape');
  await expect(map).toBeHidden();

  for (const [button, opened] of [
    [/^Prices:/, page.getByRole('dialog', { name: /^Prices:/ })],
    ['Local chain: live', page.getByRole('dialog', { name: 'Local chain: live' })],
    [/^Whose positions/, page.getByRole('menuitemcheckbox', { name: /^Demo accounts/ })],
    ['A shock for each asset', page.getByRole('dialog', { name: 'A shock for each asset' })],
    ['Presets', page.getByRole('menuitem', { name: /^USDC at 0.88/ })],
    ['Choose columns', page.getByRole('menuitemcheckbox', { name: 'Net APY' })],
    ['+ Watch an address', page.getByRole('dialog', { name: 'Watch an address' })],
    ['Connect wallet', page.getByRole('heading', { name: 'No wallet found in this browser' })],
  ] as const) {
    await page.getByRole('button', { name: button }).filter({ visible: true }).click();
    await expect(opened).toBeVisible();
    await expectAccessible(page, OPENED);
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
  }

  await rowLink(page, 'BTC vault').click();
  await page.getByRole('button', { name: 'Check on chain' }).click();
  await expect(page.getByRole('dialog', { name: /units off$/ })).toBeVisible();
  await expectAccessible(page, OPENED);

  await page.goto('/positions/nonsense');
  await expect(page.getByRole('heading', { name: 'This link leads to no position' })).toBeVisible();
  await expectAccessible(page);
});

test('without a mouse: from the first key to a check on chain and back', async ({ page }) => {
  await page.goto('/');
  await readKnownTable(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await expectFocusVisible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  // On by Tab alone: each stop is visible, and the table is one of them.
  const rows = positionsTable(page).locator('tbody').getByRole('link');
  for (let stops = 0; stops < 60; stops++) {
    await page.keyboard.press('Tab');
    await expectFocusVisible(page);
    if (await rows.first().evaluate((link) => link === document.activeElement)) break;
  }
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toBeFocused();
  await expectFocusVisible(page);
  const owner = await rows.nth(1).innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(owner);

  const check = page.getByRole('button', { name: 'Check on chain' });
  for (let stops = 0; stops < 60; stops++) {
    await page.keyboard.press('Tab');
    if (await check.evaluate((button) => button === document.activeElement)) break;
  }
  await expect(check).toBeFocused();
  await expectFocusVisible(page);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /equal, 0 units off$/ });
  await expect(dialog).toBeVisible();
  expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(check).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(positionsTable(page)).toBeVisible();
});

test('focus returns to what opened a menu, a popover or a dialog', async ({ page }) => {
  await page.goto('/');
  await readKnownTable(page);
  for (const [name, opened] of [
    ['Group rows', page.getByRole('menuitemcheckbox', { name: 'venue' })],
    ['Local chain: live', page.getByRole('dialog', { name: 'Local chain: live' })],
    ['+ Watch an address', page.getByRole('dialog', { name: 'Watch an address' })],
    ['Connect wallet', page.getByRole('dialog', { name: 'Connect a wallet' })],
  ] as const) {
    const button = page.getByRole('button', { name }).filter({ visible: true });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(opened).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(opened).toBeHidden();
    await expect(button, name).toBeFocused();
  }
});

test('with reduced motion a changed figure does not tint, and nothing else moves', async ({ page, devnet }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  const text = async () => (await rowOf(page, 'Hair above 1').getByRole('cell').nth(5).innerText()).split('\n')[0];
  await readKnownTable(page);
  const countAnimations = () =>
    page.evaluate(() => document.getAnimations().filter((item) => item.playState === 'running').length);
  const before = await text();
  await devnet.control({ action: 'oracle', asset: await devnet.assetId('WETH'), answer: '330000000000' });
  await expect.poll(text).not.toBe(before);
  expect(await countAnimations()).toBe(0);
});
