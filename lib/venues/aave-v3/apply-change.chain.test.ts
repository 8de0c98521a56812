import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAsset } from '@/lib/devnet/deploy/deployment';
import type { AssetSymbol } from '@/lib/devnet/parameters';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import type { Address } from '@/lib/domain/asset';
import type { PositionChange } from '@/lib/domain/venue-actions';
import { createCampaign } from '../campaign';
import { createRandom, type Random } from '../random-draws';
import { computeAccountData } from './account-data';
import { computeSupplied } from './accrual';
import { applyChange } from './apply-change';
import { findObstacle } from './find-obstacle';
import { type AaveBench, configure, openBench, playRound, readAccountData, readNowAndNext } from './random-accounts';
import { carryOutChange, hinder, openSilo, planChange, release } from './random-changes';
import type { AavePosition, AaveReserve } from './state';

const CAMPAIGN = createCampaign({ seed: 20_261_123, sample: 1 / 2 });
const ROUNDS = CAMPAIGN.rounds(8);
const ACCOUNTS_A_ROUND = 24;

let chain: TestChain;
let bench: AaveBench;

beforeAll(async () => {
  chain = await startTestChain({ liquidity: false, keptStates: 20 });
  // Few enough for caps near them: a cap has 36 bits.
  bench = await openBench(chain, 10n ** 10n);
  await openSilo(bench);
});
afterAll(() => chain?.stop());

const accepted = { supply: 0, withdraw: 0, borrow: 0, repay: 0 };
const refused = { supply: 0, withdraw: 0, borrow: 0, repay: 0 };
const atEdge = { accepted: 0, refused: 0 };
const obstacles = new Map<string, number>();

/** A sentence without the names in it. */
const REASONS = [
  ...[
    'paused',
    'frozen',
    'supply cap',
    'borrow cap',
    'efficiency mode',
    'siloed',
    'isolated',
    'ceiling',
    'health factor',
  ],
  ...[
    'lends anything',
    'than the collateral allows',
    'withdrawn first',
    'to withdraw',
    'is owed',
    'too small',
    'cannot be borrowed',
  ],
] as const;

function coverObstacle(obstacle: string): void {
  const reason = REASONS.find((part) => obstacle.includes(part)) ?? obstacle;
  obstacles.set(reason, (obstacles.get(reason) ?? 0) + 1);
}

/** The largest amount up to 2^k that nothing stands against, by halving; `undefined` where one unit is refused already. */
function findEdge(position: AavePosition, change: PositionChange, market: readonly AaveReserve[]): bigint | undefined {
  const isFree = (amount: bigint) => findObstacle(position, { ...change, amount }, market) === undefined;
  let [low, high] = [1n, 2n ** 100n];
  if (!isFree(low) || isFree(high)) return undefined;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isFree(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Half of the changes that have an edge are put on it, or one unit beyond it. */
function moveToEdge(random: Random, position: AavePosition, change: PositionChange, market: readonly AaveReserve[]) {
  if (random() < 0.4) return { change, isEdge: false };
  const edge = findEdge(position, change, market);
  if (edge === undefined) return { change, isEdge: false };
  return { change: { ...change, amount: random() < 0.5 ? edge : edge + 1n }, isEdge: true };
}

function computeBalance({ holdings }: AavePosition, { asset }: PositionChange): bigint {
  const holding = holdings.find(({ reserve }) => reserve.asset.id === asset);
  return holding ? computeSupplied(holding) : 0n;
}

const view = ({ holdings }: AavePosition) =>
  holdings
    .filter(({ scaledSupply, scaledDebt }) => scaledSupply > 0n || scaledDebt > 0n)
    .map(({ reserve, scaledSupply, scaledDebt, usedAsCollateral }) => ({
      symbol: reserve.asset.symbol,
      scaledSupply,
      scaledDebt,
      usedAsCollateral,
      isolatedDebt: reserve.isolationModeTotalDebt,
      income: reserve.normalizedIncome,
      // Without any debt in the reserve the contract keeps its index as it was.
      debt: scaledDebt > 0n && reserve.normalizedDebt,
    }));

async function expectHeld(after: AavePosition, note: string): Promise<void> {
  const { now, block } = await readNowAndNext(bench, after.owner);
  expect(now.position ? view(now.position) : [], note).toEqual(view(after));
  const ours = computeAccountData(after);
  if (!ours.known) throw new Error(`${ours.reason.text} ${note}`);
  const { value } = ours;
  const [figures] = await readAccountData(bench, [after.owner], block);
  expect(figures, note).toEqual([
    value.totalCollateralBase,
    value.totalDebtBase,
    value.availableBorrowsBase,
    value.currentLiquidationThreshold,
    value.ltv,
    value.healthFactor,
  ]);
}

async function read(owner: Address): Promise<AavePosition> {
  const { position } = (await readNowAndNext(bench, owner)).next;
  if (!position) throw new Error(`${owner} has no account.`);
  return position;
}

/** One change by hand: the obstacle that is named, or that the contract takes it. */
async function expectTaken(
  owner: Address,
  kind: PositionChange['kind'],
  symbol: AssetSymbol,
  amount: bigint,
  expected: string | undefined,
): Promise<void> {
  const { position, market } = (await readNowAndNext(bench, owner, [bench.whale])).next;
  const asset = market.find((reserve) => reserve.asset.symbol === symbol)?.asset.id;
  if (!position || !asset) throw new Error(`${owner} has no account.`);
  const change = { kind, asset, amount };
  const obstacle = findObstacle(position, change, market);
  expect([obstacle?.includes(expected ?? ''), obstacle]).toEqual(
    expected === undefined ? [undefined, undefined] : [true, obstacle],
  );
  expect(await carryOutChange(bench, position, change, computeBalance(position, change)), symbol).toBe(
    obstacle === undefined,
  );
  if (obstacle === undefined) await expectHeld(applyChange(position, change, market), symbol);
}

async function playChange(random: Random, owner: Address, label: string): Promise<void> {
  const { next } = await readNowAndNext(bench, owner, [bench.whale]);
  const { position, market } = next;
  if (!position) return;
  const planned = planChange(random, position, market);
  if (!planned) return;
  const { change, isEdge } = moveToEdge(random, position, planned, market);
  const obstacle = findObstacle(position, change, market);
  const symbol = market.find(({ asset }) => asset.id === change.asset)?.asset.symbol;
  const note = `${label} ${owner} ${change.kind} ${change.amount} ${symbol}: ${obstacle ?? 'taken'}`;
  const taken = await carryOutChange(bench, position, change, computeBalance(position, change));
  expect(taken, note).toBe(obstacle === undefined);
  if (isEdge) atEdge[taken ? 'accepted' : 'refused']++;
  (taken ? accepted : refused)[change.kind]++;
  if (obstacle !== undefined) coverObstacle(obstacle);
  else await expectHeld(applyChange(position, change, market), note);
}

describe(`random changes, seed ${CAMPAIGN.seed}`, () => {
  test(
    'the contract takes exactly what no obstacle was found for, and holds what was said, to the last unit',
    async () => {
      const random = createRandom(CAMPAIGN.seed);
      for (let round = 0; round < ROUNDS; round++) {
        const label = `BALLAST_SEED=${CAMPAIGN.seed} round ${round}`;
        // Every hindrance meets both kinds of accounts: the reserves are set anew each round, four ways in turn.
        const plan = { tight: (round + Math.floor(round / 4)) % 2 === 1, accounts: ACCOUNTS_A_ROUND };
        const { owners } = await playRound(bench, random, plan, 1 + round * 1_000);
        const { now } = await readNowAndNext(bench, bench.whale, owners);
        await hinder(bench, now.market, round);
        // Twice: what was supplied or repaid leaves room for more.
        for (const owner of [...owners, ...owners]) await playChange(random, owner, label);
        await release(bench, now.market, round);
      }
    },
    CAMPAIGN.timeoutMs,
  );

  test('a debt ceiling counts hundredths of a token, and collateral without LTV goes first', async () => {
    const owner = chain.newAddress(900_002);
    await chain.setPrice('XAUt', 4_000n * 10n ** 8n);
    await chain.setPrice('USDC', 10n ** 8n);
    await chain.supplyAave(owner, 'XAUt', 10n * 10n ** 6n);
    await chain.setCollateral(owner, 'XAUt', true);
    const gold = findAsset(chain.deployment, 'XAUt').address;
    const owed = (await read(owner)).holdings[0]?.reserve.isolationModeTotalDebt ?? 0n;
    await configure(chain, 'setDebtCeiling', gold, owed + 12_345n);
    // 123.45 are left, and what is less than a hundredth is not counted.
    const most = 123_459_999n;
    await expectTaken(owner, 'borrow', 'USDC', most + 1n, 'ceiling');
    await expectTaken(owner, 'borrow', 'USDC', most, undefined);
    await configure(chain, 'setDebtCeiling', gold, 10n ** 12n);

    const other = chain.newAddress(900_003);
    await chain.setPrice('WETH', 3_000n * 10n ** 8n);
    await chain.setPrice('WBTC', 90_000n * 10n ** 8n);
    await chain.supplyAave(other, 'WETH', 10n ** 18n);
    await chain.supplyAave(other, 'WBTC', 10n ** 6n);
    await chain.borrowAave(other, 'USDC', 10n ** 6n);
    await configure(chain, 'setReserveLtvzero', findAsset(chain.deployment, 'WBTC').address, true);
    await expectTaken(other, 'withdraw', 'WETH', 1n, 'withdrawn first');
    await expectTaken(other, 'withdraw', 'WBTC', 10n ** 6n, undefined);
    await expectTaken(other, 'withdraw', 'WETH', 1n, undefined);
    await configure(chain, 'setReserveLtvzero', findAsset(chain.deployment, 'WBTC').address, false);
  });

  test('the campaign covered what it is meant to cover', () => {
    const note = JSON.stringify({ accepted, refused, atEdge, obstacles: Object.fromEntries(obstacles) });
    for (const kind of ['supply', 'withdraw', 'borrow', 'repay'] as const) {
      expect(accepted[kind], note).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(10));
      expect(refused[kind], note).toBeGreaterThanOrEqual(3);
    }
    expect(Math.min(atEdge.accepted, atEdge.refused), note).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(15));
    for (const reason of REASONS.filter((name) => name !== 'ceiling' && name !== 'withdrawn first')) {
      expect(obstacles.get(reason) ?? 0, `${reason} of ${note}`).toBeGreaterThan(0);
    }
  });
});
