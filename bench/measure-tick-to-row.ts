import { chromium, type Page } from 'playwright';
import { parseAbi } from 'viem';
import { ChainOperator } from '@/lib/devnet/chain-operator';
import type { Address } from '@/lib/domain/asset';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { wad } from '@/lib/units/fixed';
import { type App, findChromium } from './app';
import { type BenchmarkContext, BenchmarkError, type Figure } from './benchmark';
import { computeMedian, computePercentile } from './statistics';

const ACCOUNT = 'ETH + BTC, two debts';
const SAMPLES = 48;
/** Moves the health factors by more than their last shown digit and liquidates nobody: the writes go up and back. */
const MOVE_BPS = 300n;
/** Writes fall anywhere between two blocks: the wait is no multiple of a second. Golden ratio, so that they spread evenly. */
const spreadMs = (sample: number): number => 1_500 + Math.round(((sample * 0.618_033_988_75) % 1) * 1_000);
const ROW_TIMEOUT_MS = 15_000;
const WARM_UP_MS = 3_000;

const feedAbi = parseAbi(['function latestAnswer() view returns (int256)']);
const poolAbi = parseAbi([
  'function getUserAccountData(address user) view returns (uint256, uint256, uint256, uint256, uint256, uint256 healthFactor)',
]);

/** Writes down, in the page, when the row's health factor changes and to what. Times are Unix milliseconds. */
async function watchRow(page: Page, positionId: string): Promise<void> {
  await page.evaluate((id) => {
    const selector = `tr[data-position="${id}"] [data-column="health-factor"]`;
    // Only the contract's figure: the one at market price is in an element of its own after it.
    const read = () => document.querySelector(selector)?.firstElementChild?.textContent ?? '';
    const changes: { atMs: number; text: string }[] = [];
    let last = read();
    Object.assign(globalThis, { rowChanges: changes });
    new MutationObserver(() => {
      const text = read();
      if (text === last) return;
      last = text;
      changes.push({ atMs: performance.timeOrigin + performance.now(), text });
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, positionId);
}

const takeChange = (page: Page, sinceMs: number): Promise<{ readonly atMs: number; readonly text: string }> =>
  page
    .waitForFunction(
      (since) =>
        (globalThis as unknown as { rowChanges: { atMs: number; text: string }[] }).rowChanges.find(
          ({ atMs }) => atMs >= since,
        ),
      sinceMs,
      { timeout: ROW_TIMEOUT_MS, polling: 50 },
    )
    .then(async (handle) => (await handle.jsonValue()) as { atMs: number; text: string });

/** The row of a demo account whose health factor moves with ether's price: ether as collateral, dollars owed. */
async function findRow(page: Page, app: App): Promise<string> {
  const { accounts } = await app.devnet.deployment();
  const account = accounts.find(({ label }) => label === ACCOUNT);
  if (!account) throw new BenchmarkError('APP', `There is no demo account “${ACCOUNT}”.`);
  const row = page.locator(`tr[data-position^="aave-v3~"][data-position$="~${account.address.toLowerCase()}"]`);
  return (await row.getAttribute('data-position')) ?? '';
}

const nowMs = (): number => performance.timeOrigin + performance.now();

async function takeSamples({ report, explain }: BenchmarkContext, app: App, page: Page): Promise<readonly number[]> {
  await page.goto(app.url);
  await page.locator('tr[data-position]').first().waitFor();
  const positionId = await findRow(page, app);
  const { deployment } = await app.devnet.deployment();
  const operator = new ChainOperator(app.devnet.rpcUrl(), deployment.chainId);
  const [, , pool, owner] = positionId.split('~') as [string, string, Address, Address];
  const readHealthFactor = async () => {
    const call = { address: pool, abi: poolAbi, functionName: 'getUserAccountData', args: [owner] };
    return formatHealthFactor(wad((await operator.read<readonly bigint[]>(call))[5] ?? 0n));
  };
  const feed = deployment.assets.find(({ symbol }) => symbol === 'WETH')?.feed;
  if (!feed) throw new BenchmarkError('APP', 'The local chain has no price feed of WETH.');
  const base = await operator.read<bigint>({ address: feed, abi: feedAbi, functionName: 'latestAnswer' });
  const raised = base + (base * MOVE_BPS) / 10_000n;
  const asset = await app.devnet.assetId('WETH');
  // Nothing but the writes moves the row.
  await app.devnet.control({ action: 'pause' });
  // The live client has loaded and reads by the time the first write is made.
  await page.waitForTimeout(WARM_UP_MS);
  await watchRow(page, positionId);
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    if (sample % 10 === 0) report(`reads: tick ${sample} of ${SAMPLES} …`);
    await page.waitForTimeout(spreadMs(sample));
    const sentMs = nowMs();
    // The keeper sends the transaction and has it mined in a block of its own, as it does with every write.
    const answer = `${sample % 2 === 0 ? raised : base}`;
    const [change] = await Promise.all([
      takeChange(page, sentMs),
      app.devnet.control({ action: 'oracle', asset, answer }),
    ]);
    const expected = await readHealthFactor();
    if (change.text !== expected) {
      throw new BenchmarkError('WRONG_ANSWER', `The row says ${change.text}, the contract ${expected}.`, {
        nextStep: 'A row that changes to something else is no answer, however fast.',
      });
    }
    samples.push(change.atMs - sentMs);
    explain(`tick ${sample}: ${(change.atMs - sentMs).toFixed(0)} ms to ${change.text}`);
  }
  return samples;
}

/**
 * How long after an oracle write the row of a position shows its new health factor: real launcher, real browser, at moments spread evenly
 * between the chain's regular blocks. Each new text must be what the contract says.
 */
export async function measureTickToRow(context: BenchmarkContext): Promise<Figure> {
  const app = await context.startApp();
  try {
    const browser = await chromium.launch(await findChromium(context.report));
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const samples = await takeSamples(context, app, page);
      return {
        id: 'reads.tickToRow.p95Ms',
        value: computePercentile(samples, 0.95),
        unit: 'ms',
        note:
          `from the keeper being told to write the oracle on the chain to the row's new health factor in the page, ${samples.length} writes; ` +
          `median ${computeMedian(samples).toFixed(0)}, slowest ${Math.max(...samples).toFixed(0)}`,
        aim: { atMost: 1_000 },
      };
    } finally {
      await browser.close();
    }
  } finally {
    await app.stop();
  }
}
