import type { Page, Route } from '@playwright/test';
import type { DevnetControl } from './support/devnet';
import {
  exactHealthFactor,
  lineOf,
  positionsTable,
  readKnownTable,
  readTable,
  riskOf,
  rowOf,
} from './support/positions-table';
import { startApp } from './support/start-app';
import { expect, test } from './support/test';

/** Within so long of what happened the status says so. */
const SAID_WITHIN_MS = 5_000;
/** A chain is started, deployed to and its demo positions opened again. */
const RESTART_MS = 120_000;
/** Reads that fail leave figures for the policy's eight seconds. */
const STALE_MS = 20_000;

const status = (page: Page, word: string | RegExp) =>
  page.getByRole('button', { name: typeof word === 'string' ? `Local chain: ${word}` : word });
const live = (page: Page) => status(page, 'live');

const unknownNotice = (page: Page) => page.getByText('Figures are unknown', { exact: true });

/** Every row says "unknown", and no cell shows a health factor. */
async function expectAllUnknown(page: Page, timeout: number): Promise<void> {
  await expect(async () => {
    const lines = await readTable(page);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.map(riskOf).filter((risk) => risk !== 'unknown')).toEqual([]);
    expect(lines.map((line) => line.cells['Health factor']?.text).filter((text) => !text?.startsWith('—'))).toEqual([]);
  }).toPass({ timeout, intervals: [100] });
}

/** Watches the page by itself, at every frame: figures beside a status that is not live. `stop` tells what was seen. */
async function watchForWrongSafety(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { wrongSafety: seen });
    const look = () => {
      const pill = document.querySelector('button[aria-label^="Local chain:"]')?.getAttribute('aria-label') ?? '';
      if (pill !== 'Local chain: live') {
        for (const row of document.querySelectorAll('tr')) {
          const cells = [...row.cells].map((cell) => cell.innerText);
          if (cells.some((text) => /^(safe|watch|warning|danger)\b/.test(text.trim())))
            seen.push(`${pill}: ${cells.join(' ')}`);
        }
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return () => page.evaluate(() => (globalThis as unknown as { wrongSafety: string[] }).wrongSafety);
}

async function waitForRestart(devnet: DevnetControl, restarts: number): Promise<void> {
  await expect
    .poll(
      async () => {
        const { chain } = await devnet.state();
        return chain.restarts > restarts && chain.status === 'ready';
      },
      { timeout: RESTART_MS },
    )
    .toBe(true);
}

test.describe('prices', () => {
  /** More than an hour of chain time passes: a feed with that heartbeat has then been silent for too long, with what is allowed it. */
  const silence = async (devnet: DevnetControl) => {
    await devnet.control({ action: 'feed', asset: await devnet.assetId('AAVE'), stop: true, target: 'oracle' });
    await devnet.control({ action: 'pass', seconds: 4_500 });
  };

  test('an oracle past its heartbeat is late: its figure stays, the market’s stands beside it', async ({
    page,
    devnet,
  }) => {
    await page.goto('/');
    await readKnownTable(page);
    await silence(devnet);
    const row = rowOf(page, 'AAVE only');
    await expect(row.getByText('late: AAVE,')).toBeAttached();

    const line = lineOf(await readTable(page), 'AAVE only');
    expect(exactHealthFactor(line)).toBeDefined();
    expect(line.cells.Age?.text).toMatch(/1\sh/);
    expect(line.cells['Health factor']?.text).toMatch(/market\s+\d\.\d+/);
    expect(riskOf(line)).not.toBe('unknown');
    await expect(row).toContainText('The oracle price of AAVE is late');
    await expect(page.getByRole('button', { name: /^Prices: oracles .*1 late/ })).toBeVisible();
    // Others are as they were.
    expect(riskOf(lineOf(await readTable(page), 'BTC vault'))).not.toBe('unknown');

    // No class is better than unknown where neither the oracle nor the market can be trusted.
    await devnet.control({ action: 'feed', asset: await devnet.assetId('AAVE'), stop: true, target: 'market' });
    await expect
      .poll(async () => riskOf(lineOf(await readTable(page), 'AAVE only')), { timeout: STALE_MS })
      .toBe('unknown');
    const blind = lineOf(await readTable(page), 'AAVE only');
    expect(exactHealthFactor(blind)).toBeDefined();
    await expect(row).toContainText('there is no live market price beside it');

    await devnet.control({ action: 'feed', asset: await devnet.assetId('AAVE'), stop: false, target: 'market' });
    await devnet.control({ action: 'feed', asset: await devnet.assetId('AAVE'), stop: false, target: 'oracle' });
    await expect(row.getByText('late: AAVE,')).toBeHidden({ timeout: STALE_MS });
    await readKnownTable(page);
  });

  for (const [name, answer] of [
    ['zero', '0'],
    ['negative', '-300000000000'],
  ] as const) {
    test(`an oracle that answers ${name} makes unknown what depends on it, and only that`, async ({ page, devnet }) => {
      await page.goto('/');
      await readKnownTable(page);
      await devnet.control({ action: 'oracle', asset: await devnet.assetId('WETH'), answer });
      for (const owner of ['Hair above 1', 'Short ETH', 'Same asset both sides', 'Dust']) {
        await expect(
          rowOf(page, owner)
            .getByText(/^unknown/)
            .first(),
        ).toBeVisible();
        await expect(rowOf(page, owner)).toContainText(/WETH/);
      }
      const lines = await readTable(page);
      expect(lineOf(lines, 'Hair above 1').cells['Health factor']?.text).toMatch(/^—/);
      expect(lineOf(lines, 'Hair above 1').cells['Health factor']?.titles.join(' ')).toMatch(/WETH/);
      for (const owner of ['BTC vault', 'AAVE only', 'Isolated XAUt', 'eMode stablecoins']) {
        expect(riskOf(lineOf(lines, owner)), owner).not.toBe('unknown');
      }
      await expect(page.getByRole('button', { name: /^Prices: oracles 1 broken/ })).toBeVisible();
      // Totals leave out what they do not know, and say so.
      await expect(page.getByText(/unknown left out/).first()).toBeVisible();

      await devnet.control({ action: 'feed', asset: await devnet.assetId('WETH'), stop: false, target: 'oracle' });
      await readKnownTable(page);
    });
  }

  for (const [name, factor, worse] of [
    ['ten times', 10, 'Short ETH'],
    ['a tenth of', 0.1, 'Hair above 1'],
  ] as const) {
    test(`an oracle that answers ${name} its last answer: said, never safe, and no liquidation hidden`, async ({
      page,
      devnet,
    }) => {
      await page.goto('/');
      await readKnownTable(page);
      const asset = await devnet.assetId('WETH');
      const last = await readAnswer(devnet, page, 'WETH');
      await devnet.control({ action: 'oracle', asset, answer: BigInt(Math.round(last * factor * 1e8)).toString() });
      const owners = ['Hair above 1', 'Short ETH'];
      for (const owner of owners) {
        await expect(rowOf(page, owner).getByText(/jumped: .*WETH/)).toBeAttached();
        await expect(rowOf(page, owner)).toContainText(new RegExp(`WETH jumped ${factor > 1 ? '×' : '÷'}(10|9\\.9)`));
      }
      const lines = await readTable(page);
      // The contract would liquidate it at this answer: that is so, whatever the market says.
      expect(riskOf(lineOf(lines, worse))).toBe('liquidatable');
      for (const owner of owners) {
        expect(riskOf(lineOf(lines, owner)), owner).not.toBe('safe');
        expect(exactHealthFactor(lineOf(lines, owner)), owner).toBeDefined();
        expect(lineOf(lines, owner).cells['Health factor']?.text, owner).toMatch(/market\s+\d/);
      }
      expect(riskOf(lineOf(lines, 'BTC vault'))).not.toBe('unknown');
      await expect(page.getByRole('button', { name: /^Prices: oracles .*1 jumped/ })).toBeVisible();

      // With no market beside it nobody is called better than unknown on the ground of such an answer.
      await devnet.control({ action: 'feed', asset, stop: true, target: 'market' });
      await expect
        .poll(() => readRisks(page, owners), { timeout: STALE_MS })
        .toEqual(owners.map((owner) => (owner === worse ? 'liquidatable' : 'unknown')));

      // The keeper's next write stands where the market does, which confirms it.
      await devnet.control({ action: 'feed', asset, stop: false, target: 'market' });
      await devnet.control({ action: 'feed', asset, stop: false, target: 'oracle' });
      for (const owner of owners) {
        await expect(rowOf(page, owner).getByText(/jumped: /)).toBeHidden({ timeout: STALE_MS });
      }
      await readKnownTable(page);
    });
  }

  test('a market price that is zero, negative or absurd is not taken, and that is said', async ({ page, devnet }) => {
    await page.goto('/');
    await readKnownTable(page);
    const asset = await devnet.assetId('LINK');
    await page.getByRole('button', { name: /^Prices:/ }).click();
    const prices = page.getByRole('dialog', { name: /^Prices:/ });
    await devnet.control({ action: 'price', asset, price: '0' });
    await expect(prices.getByText(/LINK.*The price is zero\./)).toBeVisible();
    await devnet.control({ action: 'price', asset, price: '-5' });
    await expect(prices.getByText(/LINK.*The price is negative\./)).toBeVisible();
    await devnet.control({ action: 'feed', asset, stop: false, target: 'market' });

    // A price is confirmed by those after it that agree: none of these does.
    await devnet.control({ action: 'feed', asset, stop: true, target: 'oracle' });
    const before = await readAnswer(devnet, page, 'LINK');
    let next = 10;
    await expect(async () => {
      next = next === 10 ? 40 : 10;
      await devnet.control({ action: 'price', asset, price: (before * next).toFixed(8) });
      await expect(prices.getByText(/LINK.*more than 3 times off/)).toBeVisible({ timeout: 250 });
    }).toPass({ timeout: 10_000 });
    await devnet.control({ action: 'price', asset, price: before.toFixed(8) });
  });

  test('a market feed that stops is late, and figures at market price are unknown', async ({ page, devnet }) => {
    // An oracle that came back from a false answer is in doubt until it writes once more: without the market nobody else can clear it.
    await devnet.control({ action: 'pass', seconds: 3_600 });
    await page.goto('/');
    await readKnownTable(page);
    await expect(page.getByRole('button', { name: /^Prices: oracles \d+ live, / })).toBeVisible();
    await devnet.control({ action: 'feed', asset: 'all', stop: true, target: 'market' });
    await expect(page.getByRole('button', { name: /^Prices: .*market late$/ })).toBeVisible({ timeout: STALE_MS });
    // The contract's own figures go on: its oracles are alive.
    await expect.poll(async () => (await readTable(page)).filter((line) => riskOf(line) === 'unknown').length).toBe(0);
    await page.goto(`/positions/${lineOf(await readTable(page), 'BTC vault').id}`);
    const nextWrite = page
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: /^What does the next oracle write do/ }) });
    await expect(nextWrite.getByRole('listitem').filter({ hasText: 'WBTC' })).toContainText('unknown');
    await devnet.control({ action: 'feed', asset: 'all', stop: false, target: 'market' });
    await expect(nextWrite.getByRole('listitem').filter({ hasText: 'WBTC' })).not.toContainText('unknown');
  });
});

async function readRisks(page: Page, owners: readonly string[]): Promise<readonly string[]> {
  const lines = await readTable(page);
  return owners.map((owner) => riskOf(lineOf(lines, owner)));
}

/** What the oracle of an asset says, in dollars; the market is at most a deviation away. */
async function readAnswer(devnet: DevnetControl, page: Page, asset: 'LINK' | 'WETH'): Promise<number> {
  const { deployment } = await devnet.deployment();
  const feed = deployment.assets.find(({ symbol }) => symbol === asset)?.feed;
  const answer = await page.request.post('/api/rpc', {
    data: { jsonrpc: '2.0', id: 1, method: 'eth_call', params: [{ to: feed, data: '0x50d25bcd' }, 'latest'] },
  });
  return Number(BigInt(((await answer.json()) as { result: string }).result)) / 1e8;
}

const FAULTS: readonly (readonly [name: string, handle: (route: Route) => unknown, said: RegExp])[] = [
  [
    'rate limit',
    (route) =>
      route.fulfill({
        status: 429,
        headers: { 'retry-after': '1' },
        json: { jsonrpc: '2.0', id: null, error: { code: -32_005, message: 'Too many requests: try again in 1 s.' } },
      }),
    /rate limit|too many|429/i,
  ],
  ['server error', (route) => route.fulfill({ status: 500, body: 'broken' }), /500|HTTP/i],
  ['no answer', () => new Promise(() => {}), /time|too long/i],
  [
    'no JSON',
    (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<html>' }),
    /could not be read again: \S+/,
  ],
  ['no connection', (route) => route.abort('connectionrefused'), /could not be read again: \S+/],
];

test('reads that fail make figures unknown, each with its reason, and they come back', async ({
  context,
  allowConsoleError,
}) => {
  test.setTimeout(300_000);
  allowConsoleError(/Failed to load resource|net::ERR_CONNECTION_REFUSED/);
  const pages = await Promise.all(FAULTS.map(() => context.newPage()));
  for (const page of pages) {
    await page.goto('/');
    await readKnownTable(page);
  }
  for (const [index, [, handle]] of FAULTS.entries()) await pages[index]?.route('**/api/rpc', handle);
  for (const [index, [name, , said]] of FAULTS.entries()) {
    const page = pages[index] as Page;
    await test.step(name, async () => {
      await expectAllUnknown(page, STALE_MS);
      await expect(unknownNotice(page)).toBeVisible();
      await expect(page.getByText(said).first()).toBeVisible();
      // The chain itself is well, and the status says nothing else.
      await expect(live(page)).toBeVisible();
    });
  }
  for (const page of pages) await page.unrouteAll({ behavior: 'ignoreErrors' });
  for (const page of pages) {
    await readKnownTable(page);
    await expect(unknownNotice(page)).toBeHidden();
    await page.close();
  }
});

test('Ballast itself falls silent: said, figures unknown until it speaks again', async ({ page, devnet }) => {
  const { env } = await devnet.deployment();
  const app = await startApp(env);
  try {
    await page.goto(app.url);
    await readKnownTable(page);
    const wrong = await watchForWrongSafety(page);
    app.signal('SIGSTOP');
    await expect(status(page, 'connection lost')).toBeVisible({ timeout: 10_000 });
    await expectAllUnknown(page, SAID_WITHIN_MS);
    await expect(unknownNotice(page)).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'connection lost' })).toBeAttached();
    app.signal('SIGCONT');
    await expect(live(page)).toBeVisible({ timeout: STALE_MS });
    await readKnownTable(page);
    expect(await wrong()).toEqual([]);
  } finally {
    await page.close();
    await app.stop();
  }
});

test('another chain than the configured one: nothing is read from it', async ({ page, devnet }) => {
  const { env } = await devnet.deployment();
  const other = await startApp({ ...env, BALLAST_CHAIN_ID: '1', BALLAST_CHAIN_NAME: 'Ethereum' });
  try {
    expect((await fetch(`${other.url}/api/health`)).status).toBe(503);
    await page.goto(other.url);
    await expect(page.getByRole('button', { name: 'Ethereum: wrong chain' })).toBeVisible();
    await expect(page.getByText('Chain 31337 answers where chain 1 is configured.').first()).toBeVisible();
    await expect(positionsTable(page)).toBeHidden();
    await expect(page.getByRole('main')).not.toContainText(/\bsafe\b/);
  } finally {
    await page.close();
    await other.stop();
  }
});

for (const [signal, does] of [
  ['SIGKILL', 'ends'],
  ['SIGSTOP', 'hangs'],
] as const) {
  test(`a chain that ${does}: said at once, figures unknown, and all comes back without a reload`, async ({
    page,
    devnet,
  }) => {
    test.setTimeout(RESTART_MS + 60_000);
    await page.goto('/');
    await readKnownTable(page);
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    const wrong = await watchForWrongSafety(page);
    const { chain: before } = await devnet.state();

    devnet.signalChain(signal);
    await expect(live(page)).toBeHidden({ timeout: SAID_WITHIN_MS });
    await expectAllUnknown(page, SAID_WITHIN_MS);
    await expect(unknownNotice(page)).toBeVisible();
    const health = await page.request.get('/api/health');
    expect(((await health.json()) as { chain: { state: string } }).chain.state).not.toBe('live');

    await waitForRestart(devnet, before.restarts);
    await expect(live(page)).toBeVisible({ timeout: 30_000 });
    // The last demo positions may be opened after the first block that is read.
    await expect.poll(async () => (await readKnownTable(page)).length, { timeout: 30_000 }).toBe(18);
    expect(await page.evaluate(() => (globalThis as unknown as { sameDocument?: boolean }).sameDocument)).toBe(true);
    expect(await wrong()).toEqual([]);
    const { chain: after } = await devnet.state();
    expect(after.genesisHash).not.toBe(before.genesisHash);
    await live(page).click();
    await expect(page.getByRole('dialog', { name: 'Local chain: live' })).toContainText(
      after.genesisHash?.slice(0, 18) ?? 'no genesis',
    );
  });
}

test('a page opened while the chain is away is drawn at once, and fills when it is back', async ({ page, devnet }) => {
  test.setTimeout(RESTART_MS + 60_000);
  const { chain: before } = await devnet.state();
  devnet.signalChain('SIGKILL');
  await expect
    .poll(
      async () => ((await (await page.request.get('/api/health')).json()) as { chain: { state: string } }).chain.state,
    )
    .not.toBe('live');
  await page.goto('/');
  await expect(live(page)).toBeHidden();
  await expect(page.getByRole('main')).not.toContainText(/\bsafe\b/);
  await waitForRestart(devnet, before.restarts);
  await readKnownTable(page);
  await expect(live(page)).toBeVisible();
});
