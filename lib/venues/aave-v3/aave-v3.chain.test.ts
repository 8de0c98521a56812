import { type Address, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAsset } from '@/lib/devnet/deploy/deployment';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import type { AssetId } from '@/lib/domain/asset';
import { toOptional } from '@/lib/domain/known';
import { WAD } from '@/lib/units/fixed';
import { createCampaign } from '../campaign';
import { createRandom } from '../random-draws';
import { readMany } from '../read-many';
import { poolAbi } from './abi';
import { computeAccountData } from './account-data';
import { findIsolatedCollateral } from './borrow-limit';
import {
  type AaveBench,
  configure,
  openBench,
  type PlayedRound,
  playRound,
  readAccountData,
  readAccounts,
} from './random-accounts';
import { aaveV3Rules } from './rules';
import type { AavePosition } from './state';

const CAMPAIGN = createCampaign({ seed: 20_261_121 });
const ROUNDS = CAMPAIGN.rounds(10);
const ACCOUNTS_A_ROUND = 42;

let chain: TestChain;
let bench: AaveBench;

beforeAll(async () => {
  chain = await startTestChain({ liquidity: false });
  bench = await openBench(chain);
});
afterAll(() => chain?.stop());

interface Coverage {
  positions: number;
  eMode: number;
  isolated: number;
  bothSides: number;
  volatileDebt: number;
  threeLegs: number;
  dust: number;
  nearOne: number;
  switchedOff: number;
  zeroLtv: number;
  withoutDebt: number;
  liquidatable: number;
  overThirtyDays: number;
  priceProbes: number;
  risesProbed: number;
  bothSidesProbed: number;
  dropProbes: number;
  sharedDropProbes: number;
  lowestPrice: bigint;
  highestPrice: bigint;
}

const coverage: Coverage = {
  positions: 0,
  eMode: 0,
  isolated: 0,
  bothSides: 0,
  volatileDebt: 0,
  threeLegs: 0,
  dust: 0,
  nearOne: 0,
  switchedOff: 0,
  zeroLtv: 0,
  withoutDebt: 0,
  liquidatable: 0,
  overThirtyDays: 0,
  priceProbes: 0,
  risesProbed: 0,
  bothSidesProbed: 0,
  dropProbes: 0,
  sharedDropProbes: 0,
  lowestPrice: 10n ** 40n,
  highestPrice: 0n,
};

const VOLATILE = new Set(['WETH', 'WBTC', 'LINK', 'wstETH', 'weETH']);

function cover(position: AavePosition, round: PlayedRound): void {
  const { holdings, eMode } = position;
  const evaluation = aaveV3Rules.computeEvaluation(position);
  const healthFactor = toOptional(evaluation.healthFactor);
  coverage.positions++;
  if (eMode) coverage.eMode++;
  if (findIsolatedCollateral(position)) coverage.isolated++;
  if (holdings.some(({ scaledDebt, usedAsCollateral }) => scaledDebt > 0n && usedAsCollateral)) coverage.bothSides++;
  if (holdings.some(({ scaledDebt, reserve }) => scaledDebt > 0n && VOLATILE.has(reserve.asset.symbol))) {
    coverage.volatileDebt++;
  }
  if (aaveV3Rules.listLegs(position).length >= 3) coverage.threeLegs++;
  if ((toOptional(evaluation.collateralValue) ?? 0n) < 10n ** 8n) coverage.dust++;
  if (healthFactor != null && healthFactor > (WAD * 99n) / 100n && healthFactor < (WAD * 101n) / 100n)
    coverage.nearOne++;
  if (holdings.some(({ scaledSupply, usedAsCollateral }) => scaledSupply > 0n && !usedAsCollateral)) {
    coverage.switchedOff++;
  }
  if (holdings.some(({ usedAsCollateral, reserve }) => usedAsCollateral && reserve.configuration.ltv === 0n)) {
    coverage.zeroLtv++;
  }
  if (healthFactor === null) coverage.withoutDebt++;
  if (toOptional(evaluation.liquidatable)) coverage.liquidatable++;
  if (round.elapsedSeconds > 30 * 86_400) coverage.overThirtyDays++;
}

/** Every figure of `getUserAccountData`, and every balance, at the same block. */
async function expectContract(positions: readonly AavePosition[], label: string): Promise<void> {
  const [first] = positions;
  if (!first) return;
  const data = await readAccountData(
    bench,
    positions.map(({ owner }) => owner),
    first.block,
  );
  for (const [index, position] of positions.entries()) {
    const note = `${label} ${position.owner}`;
    const ours = computeAccountData(position);
    if (!ours.known) throw new Error(`${ours.reason.text} ${note}`);
    const { value } = ours;
    expect(
      [
        value.totalCollateralBase,
        value.totalDebtBase,
        value.availableBorrowsBase,
        value.currentLiquidationThreshold,
        value.ltv,
        value.healthFactor,
      ],
      note,
    ).toEqual(data[index]);
    expect(toOptional(aaveV3Rules.computeEvaluation(position).liquidatable), note).toBe((data[index]?.[5] ?? 0n) < WAD);
  }
  const legs = positions.flatMap((position) =>
    aaveV3Rules.listLegs(position).map((leg) => {
      const config = bench.market.reserves.find(({ asset }) => asset.id === leg.asset.id);
      if (!config) throw new Error(`No reserve of ${leg.asset.symbol}.`);
      return { leg, owner: position.owner, address: leg.side === 'debt' ? config.variableDebtToken : config.aToken };
    }),
  );
  const balances = await readMany(
    bench.client,
    bench.config.multicall3,
    legs.map(({ address, owner }) => ({
      address,
      abi: chain.artifacts.TestnetERC20.abi,
      functionName: 'balanceOf',
      args: [owner],
    })),
    first.block,
  );
  for (const [index, { leg, owner }] of legs.entries()) {
    const balance = balances[index];
    expect(balance?.ok && balance.value, `${label} ${owner} ${leg.side} ${leg.asset.symbol}`).toBe(leg.amount);
  }
}

/**
 * Stands in for a feed during one call: 32 bytes of calldata store an answer, anything else returns it. So one call to Multicall3 can play
 * any number of prices in a row, with the pool and its oracle as they are.
 */
const FEED_STAND_IN: Hex = '0x3660201460 0f57 5f54 5f52 60205f f3 5b 5f35 5f55 00'.replaceAll(' ', '') as Hex;

interface Probe {
  readonly owner: Address;
  readonly answers: readonly (readonly [feed: Address, answer: bigint])[];
  /** What the contract must say: liquidatable or not. */
  readonly expected: boolean;
  readonly note: string;
}

const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`;

async function expectProbes(positions: readonly AavePosition[], probes: readonly Probe[]): Promise<void> {
  const [first] = positions;
  if (!first) return;
  const { multicall3, aave, assets } = chain.deployment;
  const answersToday = new Map<Address, bigint>();
  for (const { symbol, feed } of assets) answersToday.set(feed, await chain.readPrice(symbol));
  const override = Object.fromEntries(
    [...answersToday].map(([feed, answer]) => [feed, { code: FEED_STAND_IN, stateDiff: { [word(0n)]: word(answer) } }]),
  );
  const { abi } = multicall;
  for (let from = 0; from < probes.length; from += 250) {
    const some = probes.slice(from, from + 250);
    const calls = some.flatMap(({ owner, answers }) => [
      ...answers.map(([target, answer]) => ({ target, allowFailure: false, callData: word(answer) })),
      {
        target: aave.pool,
        allowFailure: true,
        callData: encodeFunctionData({ abi: poolAbi, functionName: 'getUserAccountData', args: [owner] }),
      },
      ...answers.map(([target]) => ({
        target,
        allowFailure: false,
        callData: word(answersToday.get(target) ?? 0n),
      })),
    ]);
    const data = encodeFunctionData({ abi, functionName: 'aggregate3', args: [calls] });
    const raw = await chain.operator.request<Hex>('eth_call', [
      { to: multicall3, data, gas: word(10n ** 9n).replace(/^0x0+/, '0x') },
      { blockHash: first.block.hash },
      override,
    ]);
    const results = decodeFunctionResult({ abi, functionName: 'aggregate3', data: raw }) as readonly {
      success: boolean;
      returnData: Hex;
    }[];
    let place = 0;
    for (const { answers, expected, note } of some) {
      place += answers.length;
      const result = results[place];
      if (!result?.success) throw new Error(`The contract reverts. ${note}`);
      const figures = decodeFunctionResult({
        abi: poolAbi,
        functionName: 'getUserAccountData',
        data: result.returnData,
      });
      expect(figures[5] < WAD, note).toBe(expected);
      place += 1 + answers.length;
    }
  }
}

const multicall = {
  abi: [
    {
      type: 'function',
      name: 'aggregate3',
      stateMutability: 'payable',
      inputs: [
        {
          name: 'calls',
          type: 'tuple[]',
          components: [
            { name: 'target', type: 'address' },
            { name: 'allowFailure', type: 'bool' },
            { name: 'callData', type: 'bytes' },
          ],
        },
      ],
      outputs: [
        {
          name: 'returnData',
          type: 'tuple[]',
          components: [
            { name: 'success', type: 'bool' },
            { name: 'returnData', type: 'bytes' },
          ],
        },
      ],
    },
  ],
} as const;

/** The contract on both sides of every liquidation price: one unit apart it must change its mind. */
function planProbes(position: AavePosition, label: string): readonly Probe[] {
  const { owner, holdings } = position;
  const { alone, together } = aaveV3Rules.computeLiquidationPrices(position);
  const feedOf = (id: AssetId): Address => {
    const feed = holdings.find(({ reserve }) => reserve.asset.id === id)?.reserve.price.feed;
    if (!feed) throw new Error('Every reserve of the test chain has a feed.');
    return feed;
  };
  const probes: Probe[] = [];
  for (const price of alone) {
    const holding = holdings.find(({ reserve }) => reserve.asset.id === price.assetId);
    const note = `${label} ${owner} ${holding?.reserve.asset.symbol} ${price.exists ? price.answer : price.reason}`;
    if (!price.exists) {
      // Where the closed form finds none, neither the smallest answer nor the largest that can be computed liquidates.
      const oneSided = !(holding?.usedAsCollateral && holding.scaledDebt > 0n);
      if (price.reason === 'never-below-zero' && oneSided) {
        probes.push({ owner, answers: [[feedOf(price.assetId), 1n]], expected: false, note });
      }
      continue;
    }
    coverage.priceProbes++;
    if (price.direction === 'above') coverage.risesProbed++;
    if (holding?.usedAsCollateral && holding.scaledDebt > 0n) coverage.bothSidesProbed++;
    const safe = price.direction === 'below' ? price.answer + 1n : price.answer - 1n;
    const feed = feedOf(price.assetId);
    probes.push({ owner, answers: [[feed, price.answer]], expected: true, note: `${note} at` });
    probes.push({ owner, answers: [[feed, safe]], expected: false, note: `${note} one unit safer` });
  }
  if (together.exists) {
    coverage.dropProbes++;
    const collateral = holdings.filter(({ usedAsCollateral }) => usedAsCollateral);
    if (collateral.some(({ scaledDebt }) => scaledDebt > 0n)) coverage.sharedDropProbes++;
    const fall = (drop: bigint) =>
      collateral.map(
        ({ reserve }) => [feedOf(reserve.asset.id), ((reserve.price.answer ?? 0n) * (WAD - drop)) / WAD] as const,
      );
    const note = `${label} ${owner} drop ${together.drop}`;
    probes.push({ owner, answers: fall(together.drop), expected: true, note: `${note} at` });
    probes.push({ owner, answers: fall(together.drop - 1n), expected: false, note: `${note} one unit less` });
  }
  return probes;
}

describe(`random accounts, seed ${CAMPAIGN.seed}`, () => {
  test(
    'figures equal the contract’s to the last unit, and liquidation prices are the contract’s own edges',
    async () => {
      const random = createRandom(CAMPAIGN.seed);
      for (let index = 0; index < ROUNDS; index++) {
        const label = `BALLAST_SEED=${CAMPAIGN.seed} round ${index}`;
        const tight = index % 5 < 2;
        const round = await playRound(bench, random, { tight, accounts: ACCOUNTS_A_ROUND }, 1 + index * 1_000);
        if (index % 3 === 2) {
          await configure(chain, 'setReserveLtvzero', findAsset(chain.deployment, 'WBTC').address, true);
          await configure(chain, 'setReserveLtvzero', findAsset(chain.deployment, 'weETH').address, true);
        }
        const { owners, marketChanged } = await readAccounts(bench, round.owners);
        expect(marketChanged, label).toBe(false);
        expect(owners.filter(({ problem }) => problem !== undefined)).toEqual([]);
        const positions = owners.flatMap((owner) => owner.positions);
        for (const position of positions) cover(position, round);
        for (const price of round.prices) {
          if (price < coverage.lowestPrice) coverage.lowestPrice = price;
          if (price > coverage.highestPrice) coverage.highestPrice = price;
        }
        await expectContract(positions, label);
        await expectProbes(
          positions,
          positions.flatMap((position) => planProbes(position, label)),
        );
        if (index % 3 === 2) {
          await configure(chain, 'setReserveLtvzero', findAsset(chain.deployment, 'WBTC').address, false);
          await configure(chain, 'setReserveLtvzero', findAsset(chain.deployment, 'weETH').address, false);
        }
      }
    },
    CAMPAIGN.timeoutMs,
  );

  test('the campaign covered what it is meant to cover', () => {
    const note = JSON.stringify(coverage, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
    const atLeast = (count: number, key: keyof Coverage) =>
      expect(Number(coverage[key]), `${key} of ${note}`).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(count));
    atLeast(300, 'positions');
    for (const key of ['eMode', 'isolated', 'bothSides', 'volatileDebt', 'threeLegs', 'dust', 'nearOne'] as const) {
      atLeast(20, key);
    }
    for (const key of ['switchedOff', 'liquidatable', 'overThirtyDays', 'zeroLtv'] as const) atLeast(10, key);
    atLeast(5, 'withoutDebt');
    atLeast(200, 'priceProbes');
    atLeast(50, 'risesProbed');
    atLeast(20, 'bothSidesProbed');
    atLeast(200, 'dropProbes');
    atLeast(20, 'sharedDropProbes');
    expect(coverage.highestPrice / coverage.lowestPrice).toBeGreaterThanOrEqual(10n ** 6n);
  });
});
