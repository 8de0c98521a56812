import type { Page } from '@playwright/test';
import { positionsTable, readKnownTable, rowLink, rowOf } from './support/positions-table';
import { pressInTurn } from './support/press-in-turn';
import { expect, test } from './support/test';

const PHONE = { width: 390, height: 844 };
const rail = (page: Page) => page.getByRole('navigation', { name: 'Screens' }).filter({ visible: true });
const themeOf = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme);

test('keys go to every screen, move through the rows, open and come back', async ({ page }) => {
  await page.goto('/');
  await readKnownTable(page);
  await pressInTurn(page, 'g', 'e');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(rail(page).getByRole('link', { name: 'Settings' })).toHaveAttribute('aria-current', 'page');
  await pressInTurn(page, 'g', 'p');
  await expect(rowOf(page, 'Dust')).toBeVisible();

  const links = positionsTable(page).locator('tbody').getByRole('link');
  await page.keyboard.press('j');
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(links.nth(2)).toBeFocused();
  await page.keyboard.press('k');
  await expect(links.nth(1)).toBeFocused();
  const owner = await links.nth(1).innerText();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(owner);
  await page.keyboard.press('Escape');
  await expect(positionsTable(page)).toBeVisible();

  await page.keyboard.press('/');
  const filter = page.getByRole('searchbox', { name: 'Filter positions' });
  await expect(filter).toBeFocused();
  // Letters typed are letters, not keys.
  await page.keyboard.type('gjt[0');
  await expect(filter).toHaveValue('gjt[0');
  await page.keyboard.press('Escape');
  await expect(filter).toHaveValue('');
  await expect(filter).not.toBeFocused();
});

test('the palette finds screens, positions, shocks and looks, and the map shows every key', async ({ page }) => {
  await page.goto('/');
  await readKnownTable(page);
  const palette = page.getByRole('dialog', { name: 'Search and commands' });
  const open = async () => {
    await page.keyboard.press('Control+k');
    await expect(palette.getByRole('combobox')).toBeFocused();
  };
  await open();
  await page.keyboard.type('btc vault');
  await expect(palette.getByRole('option', { name: /^BTC vault/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /^BTC vault · Morpho Blue/ })).toBeVisible();

  await open();
  await page.keyboard.type('Everything −20');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: /^What if:/ })).toBeVisible();
  await page.keyboard.press('0');

  await open();
  await page.keyboard.type('theme: dark');
  await page.keyboard.press('Enter');
  await expect.poll(() => themeOf(page)).toBe('dark');

  await open();
  await page.keyboard.type('no such thing at all');
  await expect(palette.getByText('Nothing goes by that name.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();

  await page.keyboard.press('?');
  const map = page.getByRole('dialog', { name: 'Keyboard' });
  for (const text of ['Search and commands', 'Next row', 'Reset what-if', 'Settings', 'Filter', 'Theme']) {
    await expect(map.getByText(text, { exact: true })).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(map).toBeHidden();
});

test('theme, density and rail stay, and the first byte of the page already has them', async ({ page }) => {
  await page.goto('/');
  await expect(rowOf(page, 'Dust')).toBeVisible();
  expect(await themeOf(page)).toBeUndefined();
  await page.keyboard.press('t');
  await expect.poll(() => themeOf(page)).toBe('light');
  await page.keyboard.press('t');
  await expect.poll(() => themeOf(page)).toBe('dark');

  await rail(page).getByRole('button', { name: 'Collapse the rail to icons' }).click();
  await expect(rail(page).getByRole('button', { name: 'Show names in the rail' })).toBeVisible();
  expect((await rail(page).boundingBox())?.width).toBe(56);

  await page.goto('/settings');
  await page.getByRole('radio', { name: 'Compact' }).check({ force: true });

  const response = await page.reload();
  const html = (await response?.text()) ?? '';
  expect(/<html[^>]*>/.exec(html)?.[0]).toContain('data-theme="dark"');
  expect(/<html[^>]*>/.exec(html)?.[0]).toContain('data-density="compact"');
  await expect(page.getByRole('radio', { name: 'Compact' })).toBeChecked();
  expect((await rail(page).boundingBox())?.width).toBe(56);

  await page.getByRole('radio', { name: 'System' }).check({ force: true });
  await expect.poll(() => themeOf(page)).toBeUndefined();
  await page.emulateMedia({ colorScheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).not.toBe(light);
});

test('settings tell the sources: chain, oracles with their promises, market', async ({ page, devnet }) => {
  const { deployment, genesisHash } = await devnet.deployment();
  await page.goto('/settings');
  const panel = (name: RegExp) =>
    page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name }) });
  await expect(panel(/^Chain/)).toContainText('31337');
  await expect(panel(/^Chain/)).toContainText(genesisHash);
  await expect(panel(/^Chain/)).toContainText(deployment.morpho.address);
  await expect(panel(/^Chain/)).toContainText('WebSocket');
  const oracles = panel(/^Oracles/).getByRole('table');
  const weth = deployment.assets.find(({ symbol }) => symbol === 'WETH');
  const line = oracles.getByRole('row').filter({ hasText: weth?.feed ?? 'no feed' });
  await expect(line).toContainText('WETH');
  await expect(line).toContainText('1 h');
  await expect(line).toContainText('0.5 %');
  await expect(line).toContainText('live');
  await expect(panel(/^Market/)).toContainText('Simulated market');
});

test('the market’s hand: pause, speed, shock, liquidator', async ({ page, devnet }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^Prices:/ }).click();
  const control = page.getByRole('dialog', { name: /^Prices:/ });
  await control.getByRole('button', { name: 'Pause' }).click();
  await expect.poll(async () => (await devnet.state()).market.paused).toBe(true);
  await control.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(async () => (await devnet.state()).market.paused).toBe(false);
  const speed = control.getByRole('slider', { name: 'Speed of the simulated market' });
  await speed.focus();
  await speed.press('ArrowRight');
  await expect.poll(async () => (await devnet.state()).market.speed).toBe(2);
  await control.getByRole('checkbox', { name: /^Liquidator on/ }).click();
  await expect.poll(async () => (await devnet.state()).liquidator.on).toBe(true);
  await control.getByRole('checkbox', { name: /^Liquidator on/ }).click();
  await expect.poll(async () => (await devnet.state()).liquidator.on).toBe(false);

  // A fifth of LINK within a simulated hour, which is a minute at this speed: the keeper follows it down, per cent by per cent.
  await control.getByLabel('Shock').selectOption({ label: 'LINK' });
  await control.getByRole('button', { name: '−20 % within an hour' }).click();
  await devnet.control({ action: 'speed', value: 60 });
  const readFall = async (): Promise<number> => {
    const { writes } = (await devnet.state()).keeper;
    const answers = writes.filter(({ symbol }) => symbol === 'LINK').map(({ answer }) => Number(answer));
    return (answers[0] ?? 1) / Math.max(...answers, 1);
  };
  await expect.poll(readFall).toBeLessThan(0.985);
});

test('on a phone the table becomes cards, and the same tasks can be done', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await page.goto('/');
  const list = page.getByRole('region', { name: 'Positions' }).getByRole('listitem');
  await expect(list).toHaveCount(18);
  await expect(positionsTable(page)).toBeHidden();
  await expect(list.first()).toContainText('Health factor');
  await expect(list.first()).toContainText('Nearest liquidation');
  // Nothing is wider than the screen.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);

  await rail(page).getByRole('button', { name: 'Watch' }).click();
  await expect(page.getByRole('dialog', { name: 'Watch an address' })).toBeVisible();
  await page.keyboard.press('Escape');
  await rail(page).getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('dialog', { name: 'Search and commands' })).toBeVisible();
  await page.keyboard.press('Escape');

  await list.filter({ hasText: 'Low debt' }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: /^Low debt/ })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await rail(page).getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
});

test('two tabs share one stream, and the second takes over when the first goes', async ({ page, context }) => {
  const streams: Page[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/stream') streams.push(request.frame().page());
  });
  const live = (of: Page) => of.getByRole('button', { name: 'Local chain: live' });
  await page.goto('/');
  await readKnownTable(page);
  await expect.poll(() => streams.length).toBe(1);

  const second = await context.newPage();
  await second.goto('/');
  await expect(live(second)).toBeVisible();
  // The second hears of blocks that came after it was drawn.
  const blockOf = (of: Page) =>
    of
      .getByRole('button', { name: 'Local chain: live' })
      .innerText()
      .then((text) => Number(/block ([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '')));
  const first = await blockOf(second);
  await expect.poll(() => blockOf(second), { timeout: 15_000 }).toBeGreaterThan(first + 2);
  expect(streams).toEqual([page]);

  await page.close();
  await expect.poll(() => streams.length, { timeout: 15_000 }).toBe(2);
  expect(streams[1]).toBe(second);
  const taken = await blockOf(second);
  await expect.poll(() => blockOf(second), { timeout: 15_000 }).toBeGreaterThan(taken + 2);
});

test('a page that is not there says so and leads back', async ({ page, allowConsoleError }) => {
  allowConsoleError(/404 \(Not Found\)/);
  await page.goto('/no-such-page');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'Positions' }).click();
  await expect(rowLink(page, 'Dust')).toBeVisible();
});
