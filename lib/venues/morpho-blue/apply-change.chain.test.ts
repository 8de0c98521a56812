import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import type { PositionChange } from '@/lib/domain/venue-actions';
import { WAD } from '@/lib/units/fixed';
import { ceilDiv } from '@/lib/units/rounding';
import { createCampaign } from '../campaign';
import { between, createRandom, type Random, scale } from '../random-draws';
import { applyChange } from './apply-change';
import { computeBorrowable } from './evaluation';
import { findObstacle } from './find-obstacle';
import { computeBorrowed, computeHealth, ORACLE_PRICE_SCALE } from './health';
import {
  DUST_UNITS,
  type Loan,
  openRandomLoans,
  readAtNextBlock,
  readStored,
  type StoredLoan,
  toStored,
} from './random-loans';
import { type MorphoBench, openBench, paramsOf } from './random-positions';
import type { MorphoPosition } from './state';

/** Real changes by owners on the local chain: accepted exactly where we see no obstacle, stored as we say to the last unit. */

const CAMPAIGN = createCampaign({ seed: 20_261_122, sample: 1 / 3 });
const ROUNDS = CAMPAIGN.rounds(3);
const LOANS_A_ROUND = 21;
const CHANGES_A_LOAN = 4;
/** More blocks than a round has; without a bound the chain writes its past to disk, a gigabyte a run. */
const KEPT_STATES = 400;

let chain: TestChain;
let bench: MorphoBench;

beforeAll(async () => {
  chain = await startTestChain({ liquidity: false, keptStates: KEPT_STATES });
  bench = await openBench(chain);
});
afterAll(() => chain?.stop());

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The call behind a change: all collateral and all debt are asked for as such, the debt by its shares. */
function encodeChange(position: MorphoPosition, { kind, amount }: PositionChange, loan: Loan): Hex {
  const { owner, borrowShares, collateral, market } = position;
  const params = paramsOf(loan.market);
  const all = borrowShares > 0n && amount >= computeBorrowed(borrowShares, market.totals);
  const calls: Readonly<Record<PositionChange['kind'], readonly [functionName: string, args: readonly unknown[]]>> = {
    supply: ['supplyCollateral', [params, amount, owner, '0x']],
    withdraw: ['withdrawCollateral', [params, smaller(amount, collateral), owner, owner]],
    borrow: ['borrow', [params, amount, 0n, owner, owner]],
    repay: ['repay', all ? [params, 0n, borrowShares, owner, '0x'] : [params, amount, 0n, owner, '0x']],
  };
  const [functionName, args] = calls[kind];
  return encodeFunctionData({ abi: chain.artifacts.Morpho.abi, functionName, args: [...args] });
}

/** The most collateral that leaves the position healthy; all of it without debt. */
function computeWithdrawable({ market, collateral, borrowShares }: MorphoPosition): bigint {
  const needed = ceilDiv(computeBorrowed(borrowShares, market.totals) * WAD, market.params.lltv);
  const kept = ceilDiv(needed * ORACLE_PRICE_SCALE, market.oracle.answer ?? 1n);
  return kept < collateral ? collateral - kept : 0n;
}

/** A quarter on the contract's edge, a quarter a unit past it, the rest anywhere about it. */
function drawAmount(random: Random, edge: bigint): bigint {
  const draw = random();
  if (draw < 0.25) return edge;
  if (draw < 0.5) return edge + 1n;
  return scale(edge, between(random, 0, draw < 0.85 ? 1 : 3));
}

function drawChange(random: Random, position: MorphoPosition): PositionChange {
  const { market, collateral, borrowShares } = position;
  const borrowed = computeBorrowed(borrowShares, market.totals);
  const health = computeHealth(position, borrowed, market.oracle.answer ?? 0n, market.params.lltv);
  const kinds = ['supply', 'withdraw', 'withdraw', 'borrow', 'borrow', 'repay', 'repay'] as const;
  const kind = kinds[Math.floor(random() * kinds.length)] ?? 'repay';
  switch (kind) {
    case 'supply':
      return { kind, asset: market.collateral.id, amount: scale(collateral, between(random, 0, 2)) };
    case 'withdraw':
      return { kind, asset: market.collateral.id, amount: drawAmount(random, computeWithdrawable(position)) };
    case 'borrow':
      return { kind, asset: market.loan.id, amount: drawAmount(random, computeBorrowable(position, health, borrowed)) };
    case 'repay':
      // The contract's edge is the debt less a unit: what is owed goes by shares.
      return { kind, asset: market.loan.id, amount: drawAmount(random, borrowed > 0n ? borrowed - 1n : 0n) };
  }
}

const coverage = {
  changes: 0,
  accepted: 0,
  refused: 0,
  supply: 0,
  withdraw: 0,
  borrow: 0,
  repay: 0,
  repaidAll: 0,
  withdrawnAll: 0,
  unhealthy: 0,
  dust: 0,
  withoutDebt: 0,
  'wstETH/USDC': 0,
  'WBTC/USDC': 0,
  'wstETH/WETH': 0,
};

function cover(position: MorphoPosition, change: PositionChange, obstacle: string | undefined): void {
  const { market, borrowShares, collateral } = position;
  const borrowed = computeBorrowed(borrowShares, market.totals);
  coverage.changes++;
  coverage[change.kind]++;
  coverage[`${market.collateral.symbol}/${market.loan.symbol}` as 'wstETH/USDC']++;
  if (borrowed <= DUST_UNITS) coverage.dust++;
  if (borrowed === 0n) coverage.withoutDebt++;
  if (obstacle === undefined) coverage.accepted++;
  else coverage.refused++;
  if (obstacle?.includes('not be healthy')) coverage.unhealthy++;
  if (obstacle !== undefined) return;
  if (change.kind === 'repay' && change.amount >= borrowed) coverage.repaidAll++;
  if (change.kind === 'withdraw' && change.amount >= collateral) coverage.withdrawnAll++;
}

/** Sends the change; who repays and supplies is the whale, on the owner's behalf. */
async function expectChange(
  loan: Loan,
  position: MorphoPosition,
  change: PositionChange,
  label: string,
): Promise<StoredLoan> {
  const obstacle = findObstacle(position, change);
  const before = await readStored(bench, loan);
  const from = change.kind === 'supply' || change.kind === 'repay' ? bench.whale : position.owner;
  const data = encodeChange(position, change, loan);
  const hash = await chain.operator.submit({ from, to: position.market.contract, data });
  const { succeeded } = await chain.operator.waitForReceipt(hash);
  expect(succeeded, `${label}: ${obstacle}`).toBe(obstacle === undefined);
  const stored = await readStored(bench, loan);
  if (!succeeded) {
    expect(stored, label).toEqual(before);
    return stored;
  }
  const after = toStored(applyChange(position, change));
  expect(stored.user, label).toEqual(after.user);
  // Supplying collateral is the one change that leaves the interest for later.
  expect(stored.totals, label).toEqual(change.kind === 'supply' ? before.totals : after.totals);
  return stored;
}

test(
  `random changes are accepted and stored as we say (BALLAST_SEED=${CAMPAIGN.seed})`,
  async () => {
    const random = createRandom(CAMPAIGN.seed);
    for (let index = 0; index < ROUNDS; index++) {
      const snapshot = await chain.snapshot();
      const plan = { loans: LOANS_A_ROUND, firstAddress: 1_000_000 * (index + 1) };
      const { loans } = await openRandomLoans(bench, random, plan);
      for (const loan of loans) {
        for (let count = 0; count < CHANGES_A_LOAN; count++) {
          const position = await readAtNextBlock(bench, loan);
          const change = drawChange(random, position);
          const label = `BALLAST_SEED=${CAMPAIGN.seed} round ${index} ${loan.market.name} ${loan.owner} ${change.kind} ${change.amount}`;
          cover(position, change, findObstacle(position, change));
          const { user } = await expectChange(loan, position, change, label);
          if (user.collateral === 0n && user.borrowShares === 0n) break;
        }
      }
      await chain.revert(snapshot);
    }
  },
  CAMPAIGN.timeoutMs,
);

test('a market is lent out to the last unit, and not one more', async () => {
  const snapshot = await chain.snapshot();
  const { loans } = await openRandomLoans(bench, createRandom(CAMPAIGN.seed + 2), {
    loans: 6,
    firstAddress: 80_000_000,
  });
  for (const loan of loans) {
    const { market } = await readAtNextBlock(bench, loan);
    const { totalSupplyAssets, totalBorrowAssets } = market.totals;
    // Collateral that carries more than twice all that is lent to the market.
    const carried = ceilDiv(3n * totalSupplyAssets * ORACLE_PRICE_SCALE, market.oracle.answer ?? 1n);
    const changes: readonly PositionChange[] = [
      { kind: 'supply', asset: market.collateral.id, amount: carried },
      { kind: 'borrow', asset: market.loan.id, amount: totalSupplyAssets - totalBorrowAssets + 1n },
      { kind: 'borrow', asset: market.loan.id, amount: totalSupplyAssets - totalBorrowAssets },
    ];
    const obstacles: (string | undefined)[] = [];
    for (const change of changes) {
      const position = await readAtNextBlock(bench, loan);
      obstacles.push(findObstacle(position, change));
      await expectChange(loan, position, change, `to the last unit, ${change.kind}`);
    }
    const shortage = `The market does not have so much ${market.loan.symbol} left to lend.`;
    // A market whose last unit is out already refuses to lend nothing.
    const nothing = totalSupplyAssets === totalBorrowAssets ? 'The amount must be above 0.' : undefined;
    expect(obstacles).toEqual([undefined, shortage, nothing]);
  }
  await chain.revert(snapshot);
});

test('a broken feed: what needs the oracle is refused, supplying and repaying go through', async () => {
  const snapshot = await chain.snapshot();
  const { loans } = await openRandomLoans(bench, createRandom(CAMPAIGN.seed + 1), {
    loans: 1,
    firstAddress: 70_000_000,
  });
  const [loan] = loans;
  if (!loan) throw new Error('A loan is expected.');
  const { market, collateral } = await readAtNextBlock(bench, loan);
  await chain.setPrice('wstETH', 0n);
  const changes: readonly (readonly [PositionChange, accepted: boolean])[] = [
    [{ kind: 'borrow', asset: market.loan.id, amount: 1n }, false],
    [{ kind: 'withdraw', asset: market.collateral.id, amount: 1n }, false],
    [{ kind: 'supply', asset: market.collateral.id, amount: 1n }, true],
    [{ kind: 'repay', asset: market.loan.id, amount: 10n ** 30n }, true],
    [{ kind: 'repay', asset: market.loan.id, amount: 1n }, false],
    [{ kind: 'withdraw', asset: market.collateral.id, amount: collateral }, true],
  ];
  for (const [change, accepted] of changes) {
    const position = await readAtNextBlock(bench, loan);
    expect(findObstacle(position, change) === undefined, change.kind).toBe(accepted);
    await expectChange(loan, position, change, `a broken feed, ${change.kind}`);
  }
  await chain.revert(snapshot);
});

describe('coverage of the random changes', () => {
  test.each(['supply', 'withdraw', 'borrow', 'repay', 'refused', 'unhealthy', 'dust'] as const)(
    `at least ${CAMPAIGN.atLeast(20)} of %s`,
    (name) => {
      expect(coverage[name]).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(20));
    },
  );

  test.each(['wstETH/USDC', 'WBTC/USDC', 'wstETH/WETH'] as const)(`at least ${CAMPAIGN.atLeast(30)} in %s`, (name) => {
    expect(coverage[name]).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(30));
  });

  test(`at least ${CAMPAIGN.atLeast(200)} in all, ${CAMPAIGN.atLeast(100)} of them accepted; some of all that is there, some without debt`, () => {
    expect(coverage.changes).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(200));
    expect(coverage.accepted).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(100));
    for (const name of ['repaidAll', 'withdrawnAll', 'withoutDebt'] as const) {
      expect(coverage[name], name).toBeGreaterThan(0);
    }
  });
});
