import { AccrualPosition, Market, MarketParams, MarketUtils, MathLib } from '@morpho-org/blue-sdk';
import {
  type Address,
  BaseError,
  decodeFunctionResult,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  keccak256,
} from 'viem';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import type { BlockRef } from '@/lib/domain/chain';
import { toOptional } from '@/lib/domain/known';
import { WAD } from '@/lib/units/fixed';
import { ceilDiv } from '@/lib/units/rounding';
import { parseBigint } from '../answers';
import { createCampaign } from '../campaign';
import { createRandom } from '../random-draws';
import { readMany } from '../read-many';
import { accrueInterest } from './accrual';
import { type CallOutcome, checkMorphoPosition, encodeLiquidation, parseVerdict } from './check';
import { decodeAccrual } from './decode';
import { computeBorrowable, computeEvaluation } from './evaluation';
import { computeBorrowed, computeHealth } from './health';
import { computeLiquidationPrices, computeLowestHealthyPrice } from './liquidation-price';
import { computeOracleFactors, computePriceFromFactors } from './oracle-price';
import { planAccrual, planRate } from './plan';
import {
  type MorphoBench,
  openBench,
  type PlayedRound,
  paramsOf,
  playRound,
  readBlock,
  readPositions,
} from './random-positions';
import { morphoBlueReader } from './read';
import { toAssetsDown } from './shares';
import type { MarketTotals, MorphoPosition } from './state';

const CAMPAIGN = createCampaign({ seed: 20_261_121, sample: 1 / 3 });
const ROUNDS = CAMPAIGN.rounds(13);
const POSITIONS_A_ROUND = 27;
const ORACLE_SCALE = 10n ** 36n;
/** Storage of `PriceFeed`: slot 1 the latest round, slot 2 the rounds. Checked by `verifies the storage layout`. */
const ROUNDS_SLOT = 2n;

let chain: TestChain;
let bench: MorphoBench;

beforeAll(async () => {
  chain = await startTestChain({ liquidity: false });
  bench = await openBench(chain);
  const { address } = chain.deployment.morpho;
  await chain.operator.write(chain.roles.deployer, {
    address,
    abi: chain.artifacts.Morpho.abi,
    functionName: 'setFeeRecipient',
    args: [chain.roles.treasury],
  });
});
afterAll(() => chain?.stop());

type StateOverride = Readonly<Record<Address, { readonly stateDiff: Readonly<Record<Hex, Hex>> }>>;

async function call(
  from: Address,
  to: Address,
  data: Hex,
  block: BlockRef,
  override: StateOverride = {},
): Promise<CallOutcome> {
  try {
    const params = [{ from, to, data }, { blockHash: block.hash }, override];
    return { ok: true, data: await chain.operator.request<Hex>('eth_call', params) };
  } catch (error) {
    let data: Hex | undefined;
    if (error instanceof BaseError) {
      error.walk((cause) => {
        const found = (cause as { data?: unknown }).data;
        if (typeof found === 'string') data = found as Hex;
        return data !== undefined;
      });
    }
    if (data === undefined) throw error;
    return { ok: false, data };
  }
}

const encodeMorpho = (functionName: string, args: readonly unknown[]): Hex =>
  encodeFunctionData({ abi: chain.artifacts.Morpho.abi, functionName, args: [...args] });

const PANIC_DIVISION = '0x4e487b710000000000000000000000000000000000000000000000000000000000000012';

/** Would the contract itself liquidate? At an oracle price of 0 it passes the health check and then divides by the price. */
async function isLiquidatable(position: MorphoPosition, override: StateOverride = {}): Promise<boolean> {
  const { contract } = position.market;
  const outcome = await call(bench.whale, contract, encodeLiquidation(position), position.block, override);
  const verdict = parseVerdict(outcome);
  if (verdict === 'undecided') {
    expect(outcome.data, 'only a price of 0 may leave the verdict open').toBe(PANIC_DIVISION);
    return true;
  }
  // A funded liquidator: past the health check nothing else may fail.
  if (verdict === 'liquidatable') expect(outcome.ok).toBe(true);
  return verdict === 'liquidatable';
}

interface Feeds {
  readonly override: (answers: readonly (readonly [feed: Address | undefined, answer: bigint])[]) => StateOverride;
}

/** Puts other answers into the feeds for one call, where the contracts themselves read them. */
async function openFeeds(): Promise<Feeds> {
  const slots = new Map<Address, Hex>();
  for (const { feed } of chain.deployment.assets) {
    const round = await chain.operator.read<bigint>({
      address: feed,
      abi: chain.artifacts.PriceFeed.abi,
      functionName: 'latestRound',
    });
    slots.set(feed, keccak256(encodeAbiParameters([{ type: 'uint256' }, { type: 'uint256' }], [round, ROUNDS_SLOT])));
  }
  return {
    override: (answers) =>
      Object.fromEntries(
        answers.map(([feed, answer]) => {
          const slot = feed && slots.get(feed);
          if (!feed || !slot) throw new Error('The feed is not one of this chain.');
          const word: Hex = `0x${answer.toString(16).padStart(64, '0')}`;
          return [feed, { stateDiff: { [slot]: word } }];
        }),
      ),
  };
}

const priceOf = (position: MorphoPosition): bigint => {
  const { answer } = position.market.oracle;
  if (answer === undefined) throw new Error('The oracle answers.');
  return answer;
};

/** The reference package's view of a position whose market it accrued itself. */
function toReference(position: MorphoPosition, stored: MarketTotals, rate: bigint): AccrualPosition {
  const { params } = position.market;
  const elapsed = BigInt(position.block.timestampSeconds - stored.lastUpdateSeconds);
  const { interest, feeShares } = MarketUtils.getAccruedInterest(rate, stored, elapsed);
  const market = new Market({
    params: new MarketParams(params),
    totalSupplyAssets: stored.totalSupplyAssets + interest,
    totalSupplyShares: stored.totalSupplyShares + feeShares,
    totalBorrowAssets: stored.totalBorrowAssets + interest,
    totalBorrowShares: stored.totalBorrowShares,
    lastUpdate: BigInt(position.block.timestampSeconds),
    fee: stored.fee,
    price: priceOf(position),
  });
  const { supplyShares, borrowShares, collateral, owner } = position;
  return new AccrualPosition({ user: owner, supplyShares, borrowShares, collateral }, market);
}

/** Our figures against the reference package's, where definitions agree to the unit, where they do not within its own rounding. */
function expectReference(position: MorphoPosition, reference: AccrualPosition, label: string): void {
  const { market, collateral } = position;
  const { lltv } = market.params;
  const borrowed = computeBorrowed(position.borrowShares, market.totals);
  const health = computeHealth(position, borrowed, priceOf(position), lltv);
  const evaluation = computeEvaluation(position);
  expect(borrowed, label).toBe(reference.borrowAssets);
  expect(toAssetsDown(position.supplyShares, market.totals.totalSupplyAssets, market.totals.totalSupplyShares)).toBe(
    reference.supplyAssets,
  );
  expect(health.collateralInLoan, label).toBe(reference.collateralValue);
  expect(health.maxBorrow, label).toBe(reference.maxBorrowAssets);
  expect(toOptional(evaluation.liquidatable), label).toBe(reference.isLiquidatable);
  expect(computeBorrowable(position, health, borrowed), label).toBe(
    reference.market.getBorrowCapacityLimit(reference)?.value,
  );
  if (borrowed === 0n) return;
  expect(toOptional(evaluation.healthFactor), label).toBe(reference.healthFactor);
  // Collateral worth less than one loan unit: no ratio for us, the largest number for the package.
  expect(toOptional(evaluation.ltv) ?? MathLib.MAX_UINT_256, label).toBe(reference.ltv);

  // Both estimate P = borrowed·1e36·1e18 / (collateral·lltv) from above. Ours adds two roundings (of the value, then of the price), the
  // package floors collateral·lltv first; within these bounds they must agree, and ours alone must be the contract's edge.
  const ours = computeLowestHealthyPrice(collateral, borrowed, lltv);
  const theirs = reference.liquidationPrice;
  if (ours === undefined || typeof theirs !== 'bigint') throw new Error(`A price is expected. ${label}`);
  const exact = ceilDiv(borrowed * ORACLE_SCALE * WAD, collateral * lltv);
  expect(ours >= exact && ours - exact <= ORACLE_SCALE / collateral + 1n, label).toBe(true);
  const power = (collateral * lltv) / WAD;
  if (power > 0n) {
    expect(theirs >= exact && theirs - exact <= exact / power + 2n, label).toBe(true);
  }
}

interface Coverage {
  positions: number;
  healthy: number;
  liquidatable: number;
  withoutDebt: number;
  nearOne: number;
  dust: number;
  volatileDebt: number;
  overThirtyDays: number;
  aboveKink: number;
  belowHalf: number;
  lending: number;
  fees: number;
  realLiquidations: number;
  realRefusals: number;
  priceProbes: number;
  dropProbes: number;
  lowestPrice: bigint;
  highestPrice: bigint;
}

const coverage: Coverage = {
  positions: 0,
  healthy: 0,
  liquidatable: 0,
  withoutDebt: 0,
  nearOne: 0,
  dust: 0,
  volatileDebt: 0,
  overThirtyDays: 0,
  aboveKink: 0,
  belowHalf: 0,
  lending: 0,
  fees: 0,
  realLiquidations: 0,
  realRefusals: 0,
  priceProbes: 0,
  dropProbes: 0,
  lowestPrice: 10n ** 40n,
  highestPrice: 0n,
};

function cover(position: MorphoPosition, round: PlayedRound): void {
  const { market } = position;
  const evaluation = computeEvaluation(position);
  const healthFactor = toOptional(evaluation.healthFactor);
  const value = toOptional(evaluation.collateralValue) ?? 0n;
  const utilisation = Number(market.totals.totalBorrowAssets) / Number(market.totals.totalSupplyAssets);
  coverage.positions++;
  if (position.borrowShares === 0n) coverage.withoutDebt++;
  if (toOptional(evaluation.liquidatable)) coverage.liquidatable++;
  else coverage.healthy++;
  if (healthFactor != null && healthFactor > (WAD * 99n) / 100n && healthFactor < (WAD * 101n) / 100n) {
    coverage.nearOne++;
  }
  if (value < 10n ** 8n) coverage.dust++;
  if (market.loan.symbol === 'WETH' && position.borrowShares > 0n) coverage.volatileDebt++;
  if (round.elapsedSeconds > 30 * 86_400) coverage.overThirtyDays++;
  if (utilisation > 0.9) coverage.aboveKink++;
  if (utilisation < 0.5) coverage.belowHalf++;
  if (position.supplyShares > 0n) coverage.lending++;
  if (market.totals.fee > 0n) coverage.fees++;
}

async function readAccrual(position: MorphoPosition) {
  const { market, block } = position;
  const [answer] = await readMany(
    bench.client,
    bench.config.multicall3,
    [planAccrual(market.contract, bench.config.multicall3, market)],
    block,
  );
  const accrual = decodeAccrual(answer);
  if (!accrual) throw new Error('The market accrues.');
  const [rateAnswer] = await readMany(bench.client, bench.config.multicall3, [planRate(market, accrual.stored)], block);
  const rate = parseBigint(rateAnswer);
  if (rate === undefined) throw new Error('The rate model answers.');
  return { ...accrual, rate };
}

/** Debt by the contract's own arithmetic: what it would take to repay all shares; and one unit above our limit is refused. */
async function expectContract(position: MorphoPosition, label: string): Promise<void> {
  const { market, owner, block, borrowShares } = position;
  const borrowed = computeBorrowed(borrowShares, market.totals);
  if (borrowShares > 0n) {
    const data = encodeMorpho('repay', [market.params, 0n, borrowShares, owner, '0x']);
    const repaid = await call(bench.whale, market.contract, data, block);
    const [assets] = decodeFunctionResult({
      abi: chain.artifacts.Morpho.abi,
      functionName: 'repay',
      data: repaid.data,
    }) as readonly [bigint, bigint];
    expect(borrowed, label).toBe(assets);
  }
  const health = computeHealth(position, borrowed, priceOf(position), market.params.lltv);
  const above = computeBorrowable(position, health, borrowed) + 1n;
  const data = encodeMorpho('borrow', [market.params, above, 0n, owner, owner]);
  expect((await call(owner, market.contract, data, block)).ok, label).toBe(false);
  expect(await isLiquidatable(position), label).toBe(toOptional(computeEvaluation(position).liquidatable));
}

async function expectLiquidationPrices(position: MorphoPosition, feeds: Feeds, label: string): Promise<void> {
  const { parts } = position.market.oracle;
  if (!parts) throw new Error('The oracle of the test chain can be taken apart.');
  const baseFeed = parts.base.price.feed;
  const at = (feed: Address | undefined, answer: bigint) => isLiquidatable(position, feeds.override([[feed, answer]]));
  const { alone, together } = computeLiquidationPrices(position);
  for (const price of alone) {
    const side = price.assetId === parts.base.asset.id ? parts.base : parts.quote;
    const { feed } = side.price;
    const note = `${label} ${side.asset.symbol}`;
    if (!price.exists) {
      expect(price.reason, note).toBe('never-below-zero');
      expect(await at(feed, 1n), note).toBe(false);
      continue;
    }
    coverage.priceProbes++;
    expect(await at(feed, price.answer), note).toBe(true);
    const safeSide = price.direction === 'below' ? price.answer + 1n : price.answer - 1n;
    if (safeSide > 0n) expect(await at(feed, safeSide), note).toBe(false);
  }
  const spot = parts.base.price.answer ?? 0n;
  const dropped = (drop: bigint) => (spot * (WAD - drop)) / WAD;
  if (together.exists) {
    coverage.dropProbes++;
    expect(await at(baseFeed, dropped(together.drop)), `${label} drop`).toBe(true);
    expect(await at(baseFeed, dropped(together.drop - 1n)), `${label} drop`).toBe(false);
  }
}

/** A real liquidation of a tenth of the debt goes through exactly where ours says so; where it stands too near the edge for a block, none. */
async function liquidateForReal(position: MorphoPosition, label: string): Promise<void> {
  const healthFactor = toOptional(computeEvaluation(position).healthFactor);
  const repaidShares = position.borrowShares / 10n;
  if (healthFactor == null || repaidShares === 0n || priceOf(position) === 0n) return;
  const clearlyBelow = healthFactor < (WAD * 9_999n) / 10_000n && healthFactor > WAD / 2n;
  const clearlyAbove = healthFactor > (WAD * 10_001n) / 10_000n;
  if (!clearlyBelow && !clearlyAbove) return;
  const hash = await chain.operator.submit({
    from: bench.whale,
    to: position.market.contract,
    data: encodeMorpho('liquidate', [position.market.params, position.owner, 0n, repaidShares, '0x']),
  });
  const { succeeded } = await chain.operator.waitForReceipt(hash);
  expect(succeeded, label).toBe(clearlyBelow);
  if (succeeded) coverage.realLiquidations++;
  else coverage.realRefusals++;
}

/** After a real `accrueInterest` the storage holds what our arithmetic made of the storage before it. */
async function expectAccrual(position: MorphoPosition, label: string): Promise<void> {
  const { market } = position;
  const { stored, accrued, rate } = await readAccrual(position);
  expect(accrueInterest(stored, rate, position.block.timestampSeconds), label).toEqual(accrued);
  expect(market.totals, label).toEqual(accrued);
  await chain.operator.write(bench.whale, {
    address: market.contract,
    abi: chain.artifacts.Morpho.abi,
    functionName: 'accrueInterest',
    args: [market.params],
  });
  const after = await readBlock(chain);
  const later = await readAccrual({ ...position, block: after });
  expect(later.stored.lastUpdateSeconds, label).toBe(after.timestampSeconds);
  expect(accrueInterest(stored, rate, after.timestampSeconds), label).toEqual(later.stored);
}

async function openMarkets(marketIds: readonly Hex[]) {
  const address = chain.deployment.morpho.address;
  const markets = await morphoBlueReader.readMarket(bench.client, { ...bench.config, morpho: { address, marketIds } });
  if (!markets) throw new Error('The configuration names Morpho.');
  return markets;
}

test('verifies the storage layout that puts other answers into feeds', async () => {
  const feeds = await openFeeds();
  for (const { feed } of chain.deployment.assets.slice(0, 2)) {
    const data = encodeFunctionData({ abi: chain.artifacts.PriceFeed.abi, functionName: 'latestAnswer' });
    const block = await readBlock(chain);
    expect(await call(bench.whale, feed, data, block, feeds.override([[feed, 123n]]))).toEqual({
      ok: true,
      data: `0x${123n.toString(16).padStart(64, '0')}`,
    });
  }
});

test(
  `random positions equal the contract and the reference package (BALLAST_SEED=${CAMPAIGN.seed})`,
  async () => {
    const random = createRandom(CAMPAIGN.seed);
    for (let index = 0; index < ROUNDS; index++) {
      const snapshot = await chain.snapshot();
      const plan = { tight: index % 3 === 2, positions: POSITIONS_A_ROUND };
      const round = await playRound(bench, random, plan, 1_000_000 * (index + 1));
      for (const price of round.prices) {
        if (price < coverage.lowestPrice) coverage.lowestPrice = price;
        if (price > coverage.highestPrice) coverage.highestPrice = price;
      }
      const { owners } = await readPositions(bench, [...round.owners, round.lender]);
      expect(owners.at(-1), 'who only lends has no collateral position').toEqual({
        owner: round.lender,
        positions: [],
      });
      const feeds = await openFeeds();
      const found = owners.flatMap(({ positions }) => positions);
      expect(found).toHaveLength(round.owners.length);
      for (const position of found) {
        const label = `BALLAST_SEED=${CAMPAIGN.seed} round ${index} ${position.market.collateral.symbol}/${position.market.loan.symbol} ${position.owner}`;
        const { parts } = position.market.oracle;
        const factors = parts && computeOracleFactors(parts);
        if (!parts || !factors?.known) throw new Error(`The oracle has a price. ${label}`);
        expect(computePriceFromFactors(parts.scaleFactor, factors.value), label).toBe(priceOf(position));
        const { stored, rate } = await readAccrual(position);
        expectReference(position, toReference(position, stored, rate), label);
        await expectContract(position, label);
        if (position.borrowShares > 0n) await expectLiquidationPrices(position, feeds, label);
        cover(position, round);
      }
      const note = `BALLAST_SEED=${CAMPAIGN.seed} round ${index}`;
      for (const market of chain.deployment.morpho.markets) {
        const position = found.find((candidate) => candidate.market.id === market.id);
        if (position) await expectAccrual(position, note);
      }
      for (const position of found) await liquidateForReal(position, note);
      await chain.revert(snapshot);
    }
  },
  CAMPAIGN.timeoutMs,
);

describe('coverage of the random positions', () => {
  test.each([
    'healthy',
    'liquidatable',
    'nearOne',
    'dust',
    'volatileDebt',
    'overThirtyDays',
    'aboveKink',
    'belowHalf',
    'lending',
    'fees',
    'realLiquidations',
    'realRefusals',
  ] as const)('at least 20 of %s', (name) => {
    expect(coverage[name]).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(20));
  });

  test('at least 300 positions, 200 of each kind of liquidation price, prices over six orders of magnitude', () => {
    expect(coverage.positions).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(300));
    expect(coverage.priceProbes).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(400));
    expect(coverage.dropProbes).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(200));
    expect(coverage.highestPrice / coverage.lowestPrice).toBeGreaterThanOrEqual(1_000_000n);
    expect(coverage.withoutDebt).toBeGreaterThan(0);
  });
});

describe('reading and checking', () => {
  let snapshot: Hex;
  beforeEach(async () => {
    snapshot = await chain.snapshot();
  });
  afterEach(() => chain.revert(snapshot));

  test('check on chain: every figure is the contract’s to the unit, healthy and liquidatable alike', async () => {
    const round = await playRound(bench, createRandom(CAMPAIGN.seed + 1), { tight: false, positions: 12 }, 50_000_000);
    const verdicts = new Set<boolean>();
    const checkAll = async () => {
      const { owners } = await readPositions(bench, round.owners);
      for (const position of owners.flatMap(({ positions }) => positions)) {
        const check = await checkMorphoPosition(bench.client, bench.config, position);
        expect(check.blockHash).toBe(position.block.hash);
        expect(check.figures.map(({ name }) => name)).toEqual([
          'liquidatable',
          'collateral',
          'borrowShares',
          'totalBorrowAssets',
          'oraclePrice',
        ]);
        for (const figure of check.figures) expect(figure, position.owner).toMatchObject({ unitsOff: 0n });
        verdicts.add(check.figures[0]?.contract === true);
      }
    };
    for (const symbol of ['wstETH', 'WBTC'] as const) await chain.setPrice(symbol, 10n ** 18n);
    await checkAll();
    expect(verdicts).toEqual(new Set([false]));
    for (const symbol of ['wstETH', 'WBTC'] as const) await chain.setPrice(symbol, 10n ** 6n);
    await checkAll();
    expect(verdicts).toEqual(new Set([true, false]));
  });

  test.each([0n, -5n])(
    'a feed that answers %s: the oracle reverts, the figures are unknown, the other market stands',
    async (answer) => {
      const owner = chain.newAddress(77);
      for (const name of ['wstETH/USDC', 'WBTC/USDC'] as const) {
        await chain.run(chain.accounts[0] ?? owner, { kind: 'morphoSupply', market: name, amount: '1000000' });
        await chain.run(owner, { kind: 'morphoSupplyCollateral', market: name, amount: '2' });
        await chain.run(owner, { kind: 'morphoBorrow', market: name, amount: '1000' });
      }
      await chain.setPrice('wstETH', answer);
      const { owners } = await readPositions(bench, [owner]);
      const [broken, sound] = owners[0]?.positions ?? [];
      if (!broken || !sound) throw new Error('Two positions are expected.');
      const evaluation = computeEvaluation(broken);
      expect(evaluation.healthFactor).toMatchObject({ known: false, reason: { code: 'price-invalid' } });
      expect(evaluation.liquidatable.known).toBe(false);
      expect(evaluation.debtValue.known).toBe(true);
      expect(computeEvaluation(sound).healthFactor.known).toBe(true);
      const check = await checkMorphoPosition(bench.client, bench.config, broken);
      expect(check.figures.map(({ name }) => name)).toEqual(['collateral', 'borrowShares', 'totalBorrowAssets']);
    },
  );

  test('a market the contract does not know is named, the others are read', async () => {
    const id = `0x${'12'.repeat(32)}` as const;
    const { morpho } = bench.config;
    if (!morpho) throw new Error('The configuration names Morpho.');
    const markets = await openMarkets([...morpho.marketIds, id]);
    expect(markets.markets).toHaveLength(3);
    expect(markets.problems).toHaveLength(1);
    // Once, however many ask.
    const asked = [chain.newAddress(78), chain.newAddress(79)];
    const { owners, problems } = await readPositions({ ...bench, markets }, asked);
    expect(owners).toEqual(asked.map((owner) => ({ owner, positions: [] })));
    expect(problems).toEqual([expect.stringContaining('0x12121212')]);
  });

  test('a market that moved since its configuration was read is read again; a quiet one is not', async () => {
    const lender = chain.accounts[1] ?? bench.whale;
    await chain.run(lender, { kind: 'morphoSupply', market: 'wstETH/USDC', amount: '1000000' });
    const marketIds = bench.config.morpho?.marketIds ?? [];
    const fresh = { ...bench, markets: await openMarkets(marketIds) };
    expect((await readPositions(fresh, [lender])).marketChanged).toBe(false);
    await chain.warp(3_600);
    expect((await readPositions(fresh, [lender])).marketChanged).toBe(false);
    await chain.run(lender, { kind: 'morphoSupplyCollateral', market: 'wstETH/USDC', amount: '100' });
    await chain.run(lender, { kind: 'morphoBorrow', market: 'wstETH/USDC', amount: '50000' });
    expect((await readPositions(fresh, [lender])).marketChanged).toBe(true);
  });

  test('the market of the test chain is what was deployed', () => {
    for (const [index, market] of chain.deployment.morpho.markets.entries()) {
      const read = bench.markets.markets[index];
      expect(read).toMatchObject({ id: market.id, params: paramsOf(market) });
      expect(`${read?.collateral.symbol}/${read?.loan.symbol}`).toBe(market.name);
      const base = chain.deployment.assets.find(({ address }) => address === market.collateralToken);
      expect(read?.oracle?.base).toEqual({
        vault: undefined,
        feeds: [
          {
            address: base?.feed,
            decimals: 8,
            inDollars: true,
            heartbeatSeconds: base?.heartbeatSeconds,
            deviationBps: base?.deviationBps,
          },
        ],
      });
    }
  });
});
