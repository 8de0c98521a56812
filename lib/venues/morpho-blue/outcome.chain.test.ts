import { type Address, decodeEventLog, encodeFunctionData, type Hex, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '@/lib/devnet/chain-operator';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import { toOptional } from '@/lib/domain/known';
import { WAD } from '@/lib/units/fixed';
import { ceilDiv } from '@/lib/units/rounding';
import { createCampaign } from '../campaign';
import { between, createRandom, powerOfTen, type Random, scale } from '../random-draws';
import { morphoAbi } from './abi';
import { computeEvaluation } from './evaluation';
import { computeBorrowed } from './health';
import { computeLiquidationIncentive } from './incentive';
import { computeLiquidation, type LiquidationCall, type MorphoLiquidation } from './liquidate';
import { computeLowestHealthyPrice } from './liquidation-price';
import { computeOutcome } from './outcome';
import { DUST_UNITS, type Loan, openRandomLoans, readAtNextBlock, readStored, toStored } from './random-loans';
import { type MorphoBench, openBench } from './random-positions';
import type { MorphoPosition } from './state';

/** Real liquidations on the local chain: our prediction is the contract's event and storage, to the last unit. */

const CAMPAIGN = createCampaign({ seed: 20_261_121, sample: 1 / 3 });
const ROUNDS = CAMPAIGN.rounds(7);
const LOANS_A_ROUND = 30;
/** More blocks than a round has; without a bound the chain writes its past to disk, a gigabyte a run. */
const KEPT_STATES = 400;
const DAY = 86_400;

/** Morpho declares its events in a library, which keeps them out of the contract's own ABI. Source: `EventsLib.sol`. */
const LIQUIDATE = parseAbi([
  'event Liquidate(bytes32 indexed id, address indexed caller, address indexed borrower, uint256 repaidAssets, uint256 repaidShares, uint256 seizedAssets, uint256 badDebtAssets, uint256 badDebtShares)',
]);

let chain: TestChain;
let bench: MorphoBench;

beforeAll(async () => {
  chain = await startTestChain({ liquidity: false, keptStates: KEPT_STATES });
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

function encodeCall({ market, owner }: MorphoPosition, { by, amount }: LiquidationCall): Hex {
  const [seized, repaid] = by === 'seizedAssets' ? [amount, 0n] : [0n, amount];
  return encodeFunctionData({
    abi: morphoAbi,
    functionName: 'liquidate',
    args: [market.params, owner, seized, repaid, '0x'],
  });
}

async function liquidate(position: MorphoPosition, call: LiquidationCall): Promise<Receipt> {
  const { contract } = position.market;
  const hash = await chain.operator.submit({ from: bench.whale, to: contract, data: encodeCall(position, call) });
  return chain.operator.waitForReceipt(hash);
}

/** The message that the contract refuses a call with at the latest block; `undefined` where it does not. */
async function findRefusal(position: MorphoPosition, call: LiquidationCall): Promise<string | undefined> {
  const transaction = { from: bench.whale, to: position.market.contract, data: encodeCall(position, call) };
  try {
    await chain.operator.request('eth_call', [transaction, 'latest']);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

function decodeLiquidate(receipt: Receipt, contract: Address) {
  for (const { address, topics, data } of receipt.logs) {
    if (address.toLowerCase() !== contract) continue;
    try {
      return decodeEventLog({ abi: LIQUIDATE, topics: topics as [Hex, ...Hex[]], data }).args;
    } catch {
      // Another event of Morpho's: interest was accrued.
    }
  }
  throw new Error('There is no Liquidate event.');
}

type Situation = 'edge' | 'healthy edge' | 'solvent' | 'insolvent' | 'any';
/** Eight over three markets by turns: each meets each. */
const SITUATIONS: readonly Situation[] = [
  ...(['edge', 'edge', 'healthy edge', 'healthy edge'] as const),
  ...(['solvent', 'solvent', 'insolvent', 'any'] as const),
];
/** For rounds in which every loan of a market goes, the last one too. */
const ALL_LIQUIDATED: readonly Situation[] = ['edge', 'solvent', 'insolvent', 'solvent'];

/** Moves the collateral's feed so that the loan stands where the situation says, seen from the highest answer that liquidates it. */
async function setSituation(random: Random, position: MorphoPosition, situation: Situation): Promise<void> {
  const { market, collateral, borrowShares } = position;
  const { parts } = market.oracle;
  const { lltv } = market.params;
  const price = computeLowestHealthyPrice(collateral, computeBorrowed(borrowShares, market.totals), lltv);
  const quote = parts?.quote.price.answer;
  const feed = parts?.base.price.feed;
  if (price === undefined || quote === undefined || feed === undefined) throw new Error('The loan has an edge.');
  const healthy = ceilDiv(price * quote, parts?.scaleFactor ?? 1n);
  // Below this health factor the collateral does not pay for the debt with the incentive.
  const covered = Number((lltv * computeLiquidationIncentive(lltv)) / WAD) / 1e18;
  const answers: Readonly<Record<Situation, () => bigint>> = {
    edge: () => healthy - 1n,
    'healthy edge': () => scale(healthy, 1 + between(random, 1e-7, 1e-5)) + 1n,
    solvent: () => scale(healthy, between(random, covered, 1)),
    insolvent: () => scale(healthy, between(random, 0.05, covered)),
    any: () => (healthy * powerOfTen(random, 8, 13)) / 10n ** 12n,
  };
  const answer = answers[situation]();
  await chain.setPrice(feed, answer > 0n ? answer : 1n);
}

const coverage = {
  liquidated: 0,
  solvent: 0,
  insolvent: 0,
  dust: 0,
  dustInsolvent: 0,
  justBelowOne: 0,
  refused: 0,
  overADay: 0,
  emptiedMarkets: 0,
  'wstETH/USDC': 0,
  'WBTC/USDC': 0,
  'wstETH/WETH': 0,
};

function cover(position: MorphoPosition, liquidation: MorphoLiquidation, elapsedSeconds: number): void {
  const { market, borrowShares } = position;
  const healthFactor = toOptional(computeEvaluation(position).healthFactor) ?? 0n;
  const dust = computeBorrowed(borrowShares, market.totals) <= DUST_UNITS;
  const insolvent = liquidation.badDebtShares > 0n;
  coverage.liquidated++;
  coverage[`${market.collateral.symbol}/${market.loan.symbol}` as 'wstETH/USDC']++;
  if (insolvent) coverage.insolvent++;
  else coverage.solvent++;
  if (dust) coverage.dust++;
  if (dust && insolvent) coverage.dustInsolvent++;
  if (healthFactor > (WAD * 999n) / 1_000n) coverage.justBelowOne++;
  if (elapsedSeconds > DAY) coverage.overADay++;
  if (liquidation.after.market.totals.totalBorrowShares === 0n) coverage.emptiedMarkets++;
}

/** Sends what we say the liquidator does, and compares event and storage. */
async function expectLiquidation(loan: Loan, position: MorphoPosition, label: string): Promise<MorphoLiquidation> {
  const price = position.market.oracle.answer ?? 0n;
  const predicted = computeLiquidation(position, price);
  const { call, after, ...figures } = predicted;
  const [step] = toOptional(computeOutcome(position, {}))?.steps ?? [];
  if (call.by === 'repaidShares') {
    const more: LiquidationCall = { by: 'seizedAssets', amount: figures.seizedAssets + 1n };
    expect(await findRefusal(position, more), `${label}: no call takes a unit more`).toBeDefined();
  }
  const receipt = await liquidate(position, call);
  expect(receipt.succeeded, `${label}: liquidated`).toBe(true);
  const { id, caller, borrower, ...event } = decodeLiquidate(receipt, position.market.contract);
  expect([id, borrower.toLowerCase()], label).toEqual([position.market.id, position.owner]);
  expect(figures, `${label}: the event`).toEqual(event);
  expect(toStored(after), `${label}: storage`).toEqual(await readStored(bench, loan));
  expect(step, `${label}: the outcome`).toMatchObject({
    repaid: { amount: event.repaidAssets },
    seized: { amount: event.seizedAssets },
    badDebt: event.badDebtAssets > 0n ? [{ amount: event.badDebtAssets }] : [],
  });
  return predicted;
}

/** What we say is healthy is refused for that, whatever is asked. */
async function expectRefusal(loan: Loan, position: MorphoPosition, label: string): Promise<void> {
  expect(toOptional(computeOutcome(position, {}))?.steps, label).toEqual([]);
  const before = await readStored(bench, loan);
  const call: LiquidationCall = { by: 'repaidShares', amount: position.borrowShares };
  expect((await liquidate(position, call)).succeeded, `${label}: refused`).toBe(false);
  expect(await findRefusal(position, call), label).toContain('position is healthy');
  expect(await readStored(bench, loan), label).toEqual(before);
}

test(
  `random liquidations are the contract’s event and storage to the last unit (BALLAST_SEED=${CAMPAIGN.seed})`,
  async () => {
    const random = createRandom(CAMPAIGN.seed);
    for (let index = 0; index < ROUNDS; index++) {
      const snapshot = await chain.snapshot();
      const plan = { loans: LOANS_A_ROUND, firstAddress: 1_000_000 * (index + 1) };
      const situations = index % 3 === 2 ? ALL_LIQUIDATED : SITUATIONS;
      const { loans, elapsedSeconds } = await openRandomLoans(bench, random, plan);
      for (const [place, loan] of loans.entries()) {
        const situation = situations[place % situations.length] ?? 'any';
        const label = `BALLAST_SEED=${CAMPAIGN.seed} round ${index} ${loan.market.name} ${loan.owner} ${situation}`;
        await setSituation(random, await readAtNextBlock(bench, loan), situation);
        const position = await readAtNextBlock(bench, loan);
        if (toOptional(computeEvaluation(position).liquidatable)) {
          cover(position, await expectLiquidation(loan, position, label), elapsedSeconds);
        } else {
          await expectRefusal(loan, position, label);
          coverage.refused++;
        }
      }
      await chain.revert(snapshot);
    }
  },
  CAMPAIGN.timeoutMs,
);

test('an oracle price that rounds down to 0: all collateral goes for nothing, all debt is written off', async () => {
  const snapshot = await chain.snapshot();
  const { loans } = await openRandomLoans(bench, createRandom(CAMPAIGN.seed + 1), {
    loans: 3,
    firstAddress: 70_000_000,
  });
  const [loan] = loans;
  if (!loan) throw new Error('A loan is expected.');
  // 1e24 · base / 1e50 is below 1.
  await chain.setPrice('USDC', 10n ** 50n);
  const position = await readAtNextBlock(bench, loan);
  expect(position.market.oracle.answer).toBe(0n);
  const liquidation = await expectLiquidation(loan, position, 'a price of 0');
  expect(liquidation).toMatchObject({ repaidAssets: 0n, seizedAssets: position.collateral });
  await chain.revert(snapshot);
});

describe('coverage of the random liquidations', () => {
  test.each([
    'solvent',
    'insolvent',
    'dust',
    'justBelowOne',
    'refused',
    'overADay',
    'wstETH/USDC',
    'WBTC/USDC',
    'wstETH/WETH',
  ] as const)('at least 20 of %s', (name) => {
    expect(coverage[name]).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(20));
  });

  test('at least 150 in all, some of insolvent dust, some of the last loan of a market', () => {
    expect(coverage.liquidated).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(150));
    expect(coverage.dustInsolvent).toBeGreaterThan(0);
    expect(coverage.emptiedMarkets).toBeGreaterThan(0);
  });
});
