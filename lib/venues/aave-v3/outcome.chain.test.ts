import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAsset } from '@/lib/devnet/deploy/deployment';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import type { Address } from '@/lib/domain/asset';
import type { LiquidationPair, PositionLiquidationStep } from '@/lib/domain/outcome';
import { WAD } from '@/lib/units/fixed';
import { createCampaign } from '../campaign';
import { createRandom, type Random } from '../random-draws';
import { type AccountData, computeAccountData } from './account-data';
import { isLiquidatable, type LiquidationRun, liquidateAll } from './liquidate-all';
import { listPairs } from './liquidation-pair';
import { computeOutcome } from './outcome';
import { type AaveBench, configure, openBench, readAccountData, readNowAndNext } from './random-accounts';
import {
  carryOut,
  errorSelector,
  MAX_UINT256,
  type Order,
  playLiquidatableRound,
  readDeficits,
  simulateHealthFactors,
  tryOrders,
} from './random-liquidations';
import type { AavePosition } from './state';

const CAMPAIGN = createCampaign({ seed: 20_261_122, sample: 1 / 3 });
const ROUNDS = CAMPAIGN.rounds(14);
const ACCOUNTS_A_ROUND = 20;

let chain: TestChain;
let bench: AaveBench;

beforeAll(async () => {
  chain = await startTestChain({ liquidity: false, keptStates: 20 });
  bench = await openBench(chain);
});
afterAll(() => chain?.stop());

const coverage = {
  liquidations: 0,
  steps: 0,
  chosenPairs: 0,
  dustRule: 0,
  halfAboveCloseFactor: 0,
  fullAboveCloseFactor: 0,
  fullBelowCloseFactor: 0,
  collateralShort: 0,
  deficit: 0,
  deficitOfSeveral: 0,
  severalDebts: 0,
  eMode: 0,
  isolated: 0,
  sameAsset: 0,
  withFee: 0,
  severalSteps: 0,
  refusedHealthy: 0,
  refusedPairs: 0,
};

const DUST = errorSelector('MustNotLeaveDust()');
const CLOSE_FACTOR_HEALTH = (WAD * 95n) / 100n;

function readAccount(position: AavePosition): AccountData {
  const account = computeAccountData(position);
  if (!account.known) throw new Error(account.reason.text);
  return account.value;
}

function predict(position: AavePosition, pair?: LiquidationPair): LiquidationRun {
  const run = liquidateAll(position, readAccount(position), { pair });
  if (!run.known) throw new Error(run.reason.text);
  const outcome = computeOutcome(position, { pair });
  expect(outcome.known && outcome.value.steps).toEqual(run.value.steps);
  return run.value;
}

const isSame = (a: LiquidationPair, b: LiquidationPair): boolean => a.collateral === b.collateral && a.debt === b.debt;

function findAmount(list: readonly { readonly asset: { readonly id: string }; readonly amount: bigint }[], id: string) {
  return list.find(({ asset }) => asset.id === id)?.amount ?? 0n;
}

function cover(position: AavePosition, { steps }: LiquidationRun, cut: boolean): void {
  const [step] = steps;
  if (!step) return;
  const account = readAccount(position);
  const debts = position.holdings.filter(({ scaledDebt }) => scaledDebt > 0n);
  const clearsDebt = findAmount(step.debtLeft, step.pair.debt) === 0n && step.badDebt.length === 0;
  const isShort = findAmount(step.collateralLeft, step.pair.collateral) === 0n;
  const above = account.healthFactor > CLOSE_FACTOR_HEALTH;
  coverage.liquidations++;
  coverage.steps += steps.length;
  if (cut) coverage.dustRule++;
  if (above && !clearsDebt && !isShort && !cut) coverage.halfAboveCloseFactor++;
  if (above && clearsDebt) coverage.fullAboveCloseFactor++;
  if (!above && clearsDebt) coverage.fullBelowCloseFactor++;
  if (isShort) coverage.collateralShort++;
  if (debts.length > 1) coverage.severalDebts++;
  if (position.eMode) coverage.eMode++;
  if (
    position.holdings.some(({ usedAsCollateral, reserve }) => usedAsCollateral && reserve.configuration.debtCeiling)
  ) {
    coverage.isolated++;
  }
  if (step.pair.collateral === step.pair.debt) coverage.sameAsset++;
  if (step.fee.amount > 0n) coverage.withFee++;
  if (steps.length > 1) coverage.severalSteps++;
  if (steps.some(({ badDebt }) => badDebt.length > 0)) coverage.deficit++;
  if (steps.some(({ badDebt }) => badDebt.length > 1)) coverage.deficitOfSeveral++;
}

interface FirstOrder {
  readonly order: Order;
  readonly cut: boolean;
}

/** The amount to send: everything where the contract takes that, else our own figure, because the dust rule alone may refuse. */
async function toFirstOrder(owner: Address, step: PositionLiquidationStep, note: string): Promise<FirstOrder> {
  const { pair, repaid } = step;
  const [all] = await tryOrders(bench, owner, [{ pair, debtToCover: MAX_UINT256 }]);
  if (all?.accepted) return { order: { pair, debtToCover: MAX_UINT256 }, cut: false };
  expect(all?.error, `${note} all of it`).toBe(DUST);
  return { order: { pair, debtToCover: repaid.amount }, cut: true };
}

/** First steps are asked of the contract before; later ones are sent with the exact amount where that clears nothing. */
function toLaterOrder({ pair, repaid, debtLeft, collateralLeft }: PositionLiquidationStep): Order {
  const clears = findAmount(debtLeft, pair.debt) === 0n || findAmount(collateralLeft, pair.collateral) === 0n;
  return { pair, debtToCover: clears ? MAX_UINT256 : repaid.amount };
}

async function expectRefused(position: AavePosition, orders: readonly Order[], note: string): Promise<void> {
  for (const [place, { accepted }] of (await tryOrders(bench, position.owner, orders)).entries()) {
    expect(accepted, `${note} order ${place} is accepted`).toBe(false);
  }
}

/** The whole run carried out for real: events, fees, deficits and storage. Position and prediction are of the next block. */
async function expectCarriedOut(position: AavePosition, run: LiquidationRun, orders: readonly Order[], note: string) {
  const { owner } = position;
  const before = await readDeficits(bench);
  const { calls, deficits, fees } = await carryOut(bench, owner, orders);
  expect(
    calls.map(({ debtToCover, liquidatedCollateralAmount }) => [debtToCover, liquidatedCollateralAmount]),
    note,
  ).toEqual(run.steps.map(({ repaid, seized, fee }) => [repaid.amount, seized.amount - fee.amount]));
  expect(fees, `${note} fees`).toEqual(run.steps.map(({ fee }) => fee.amount).filter((amount) => amount > 0n));
  const written = run.steps.flatMap(({ badDebt }) => badDebt);
  expect(
    deficits.map(({ debtAsset, amountCreated }) => [String(debtAsset).toLowerCase(), amountCreated]),
    `${note} deficits`,
  ).toEqual(written.map(({ asset, amount }) => [asset.address, amount]));
  const after = await readDeficits(bench);
  expect(
    after.map((deficit, index) => deficit - (before[index] ?? 0n)),
    `${note} deficits in storage`,
  ).toEqual(bench.market.reserves.map(({ asset }) => findAmount(written, asset.id)));
  await expectStorage(run, note);
}

async function expectStorage({ position, account, steps }: LiquidationRun, note: string): Promise<void> {
  const { owner } = position;
  const { now: left, block } = await readNowAndNext(bench, owner);
  const stays = position.holdings.filter(({ scaledSupply, scaledDebt }) => scaledSupply > 0n || scaledDebt > 0n);
  const view = (of: readonly AavePosition['holdings'][number][]) =>
    of.map(({ reserve, scaledSupply, scaledDebt, usedAsCollateral }) => ({
      symbol: reserve.asset.symbol,
      scaledSupply,
      scaledDebt,
      usedAsCollateral,
      isolatedDebt: reserve.isolationModeTotalDebt,
      income: reserve.normalizedIncome,
      // Without any debt in the reserve the contract keeps its index as it was.
      debt: scaledDebt > 0n && reserve.normalizedDebt,
    }));
  expect(view(left.position?.holdings ?? []), note).toEqual(view(stays));
  const [figures] = await readAccountData(bench, [owner], block);
  expect(figures, note).toEqual([
    account.totalCollateralBase,
    account.totalDebtBase,
    account.availableBorrowsBase,
    account.currentLiquidationThreshold,
    account.ltv,
    account.healthFactor,
  ]);
  const last = steps.at(-1);
  for (const { asset, amount } of last?.collateralLeft ?? []) {
    expect(await balanceOf(asset.id, 'aToken', owner), `${note} ${asset.symbol} left`).toBe(amount);
  }
  for (const { asset, amount } of last?.debtLeft ?? []) {
    expect(await balanceOf(asset.id, 'variableDebtToken', owner), `${note} ${asset.symbol} still owed`).toBe(amount);
  }
}

function balanceOf(id: string, token: 'aToken' | 'variableDebtToken', owner: string): Promise<bigint> {
  const config = bench.market.reserves.find(({ asset }) => asset.id === id);
  if (!config) throw new Error(`${id} is not listed.`);
  const { abi } = chain.artifacts.TestnetERC20;
  return chain.operator.read<bigint>({ address: config[token], abi, functionName: 'balanceOf', args: [owner] });
}

/** At the block of the reading, without mining: every step's health factor, and that nothing above the most is taken. */
async function expectSimulated(now: AavePosition, pair: LiquidationPair | undefined, note: string): Promise<void> {
  const { steps } = predict(now, pair);
  const [first, ...later] = steps;
  if (!first) return;
  const { order, cut } = await toFirstOrder(now.owner, first, note);
  if (cut) await expectRefused(now, [{ ...order, debtToCover: order.debtToCover + 1n }], `${note} one unit more`);
  expect(
    await simulateHealthFactors(bench, now.owner, [order, ...later.map(toLaterOrder)]),
    `${note} health factors`,
  ).toEqual(steps.map(({ healthFactorAfter }) => healthFactorAfter ?? MAX_UINT256));
}

/** One liquidatable account on one pair (or the default one): said, asked and carried out. `next` is the account a second later. */
async function playCase(now: AavePosition, next: AavePosition, pair: LiquidationPair | undefined, note: string) {
  await expectSimulated(now, pair, note);
  const run = predict(next, pair);
  const [first, ...later] = run.steps;
  if (!first) throw new Error(`Nothing to carry out: ${note}`);
  const { order, cut } = await toFirstOrder(next.owner, first, note);
  cover(next, run, cut);
  await expectCarriedOut(next, run, [order, ...later.map(toLaterOrder)], note);
}

/** Pairs on which we say that nothing can be repaid: all, half and a little are refused. */
async function expectImpossiblePairs(now: AavePosition, note: string): Promise<void> {
  for (const pair of listPairs(now)) {
    const [first] = predict(now, pair).steps;
    if (first && isSame(first.pair, pair)) continue;
    coverage.refusedPairs++;
    await expectRefused(
      now,
      [MAX_UINT256, 10n ** 6n, 10n ** 18n, 1n].map((debtToCover) => ({ pair, debtToCover })),
      `${note} impossible pair`,
    );
  }
}

/** Pairs on which something can be repaid, but for the one that pays most. */
function listOthers(now: AavePosition): readonly LiquidationPair[] {
  const [best] = predict(now).steps;
  return listPairs(now).filter((pair) => {
    const [first] = predict(now, pair).steps;
    return first && best && isSame(first.pair, pair) && !isSame(best.pair, pair);
  });
}

/** A pair of which the contract refuses the most for the dust that it would leave. */
async function findDustPair(now: AavePosition): Promise<LiquidationPair | undefined> {
  if (readAccount(now).healthFactor <= CLOSE_FACTOR_HEALTH) return undefined;
  const pairs = listOthers(now);
  const answers = await tryOrders(
    bench,
    now.owner,
    pairs.map((pair) => ({ pair, debtToCover: MAX_UINT256 })),
  );
  return pairs.find((_, place) => answers[place]?.error === DUST);
}

/** Another pair than the one that pays most: the same asset on both sides where there is one. */
function pickOther(random: Random, now: AavePosition): LiquidationPair | undefined {
  const pairs = listOthers(now);
  return pairs.find(({ collateral, debt }) => collateral === debt) ?? pairs[Math.floor(random() * pairs.length)];
}

async function playAccount(random: Random, owner: Address, index: number, label: string): Promise<void> {
  const read = await readNowAndNext(bench, owner);
  const [now, next] = [read.now.position, read.next.position];
  if (!now || !next) return;
  const note = `${label} ${owner}`;
  const orders = listPairs(now).map((pair) => ({ pair, debtToCover: MAX_UINT256 }));
  if (!isLiquidatable(readAccount(now))) {
    if (orders.length > 0) coverage.refusedHealthy++;
    return expectRefused(now, orders, `${note} healthy`);
  }
  await expectImpossiblePairs(now, note);
  if (predict(next).steps.length === 0) return;
  const other = (await findDustPair(now)) ?? (index % 3 === 0 ? pickOther(random, now) : undefined);
  if (other) {
    const before = await chain.snapshot();
    coverage.chosenPairs++;
    await playCase(now, next, other, `${note} chosen`);
    await chain.revert(before);
  }
  await playCase(now, next, undefined, note);
}

describe(`random liquidations, seed ${CAMPAIGN.seed}`, () => {
  test(
    'every step is the contract’s to the last unit, in its events and in its storage',
    async () => {
      const random = createRandom(CAMPAIGN.seed);
      for (let round = 0; round < ROUNDS; round++) {
        const { owners } = await playLiquidatableRound(bench, random, round, ACCOUNTS_A_ROUND);
        for (const [index, owner] of owners.entries()) {
          await playAccount(random, owner, index, `BALLAST_SEED=${CAMPAIGN.seed} round ${round}`);
        }
      }
    },
    CAMPAIGN.timeoutMs,
  );

  test('what is too small to be liquidated, or paused, the contract refuses, and so do we', async () => {
    const owner = chain.newAddress(900_001);
    for (const [symbol, answer] of [
      ['WETH', 3_000n],
      ['USDC', 1n],
      ['WBTC', 90_000n],
    ] as const) {
      await chain.setPrice(symbol, answer * 10n ** 8n);
    }
    // A millionth of a dollar of collateral pays for no unit of WBTC, which is worth 0.0009.
    await chain.supplyAave(owner, 'WETH', 2n * 10n ** 18n);
    await chain.supplyAave(owner, 'USDC', 2n);
    await chain.borrowAave(owner, 'WBTC', 5_000_000n);
    await chain.setPrice('WETH', 2_500n * 10n ** 8n);
    const now = (await readNowAndNext(bench, owner)).now.position;
    if (!now) throw new Error('The account was just opened.');
    expect(listPairs(now)).toHaveLength(2);
    expect(predict(now).steps.length).toBeGreaterThan(0);
    const before = coverage.refusedPairs;
    await expectImpossiblePairs(now, 'by hand');
    expect(coverage.refusedPairs - before).toBe(1);

    await configure(chain, 'setReservePause', findAsset(chain.deployment, 'WBTC').address, true);
    const paused = (await readNowAndNext(bench, owner)).now.position;
    if (!paused) throw new Error('The account is still there.');
    expect([listPairs(paused), predict(paused).steps]).toEqual([[], []]);
    await expectRefused(
      paused,
      listPairs(now).map((pair) => ({ pair, debtToCover: MAX_UINT256 })),
      'paused',
    );
    await configure(chain, 'setReservePause', findAsset(chain.deployment, 'WBTC').address, false);
  });

  test('the campaign covered what it is meant to cover', () => {
    const note = JSON.stringify(coverage);
    const atLeast = (count: number, key: keyof typeof coverage) =>
      expect(coverage[key], `${key} of ${note}`).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(count));
    atLeast(150, 'liquidations');
    atLeast(20, 'chosenPairs');
    for (const key of ['dustRule', 'halfAboveCloseFactor', 'fullAboveCloseFactor', 'fullBelowCloseFactor'] as const) {
      atLeast(20, key);
    }
    for (const key of ['deficit', 'severalDebts', 'eMode', 'withFee', 'severalSteps', 'collateralShort'] as const) {
      atLeast(20, key);
    }
    for (const key of ['refusedHealthy', 'isolated', 'sameAsset', 'deficitOfSeveral'] as const) atLeast(5, key);
  });
});
