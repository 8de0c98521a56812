import { encodeFunctionData } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import { WAD } from '@/lib/units/fixed';
import { createCampaign } from '@/lib/venues/campaign';
import { type Loan, openRandomLoans, readAtNextBlock, readStored } from '@/lib/venues/morpho-blue/random-loans';
import { type MorphoBench, openBench, paramsOf, readPositions } from '@/lib/venues/morpho-blue/random-positions';
import type { MorphoPosition } from '@/lib/venues/morpho-blue/state';
import { createRandom, type Random } from '@/lib/venues/random-draws';
import { NO_PROBE } from './probe';
import { drawKept, drawTarget, pickHeadroom, pickRemedy, toTestRow } from './random-remedies';
import { computeRemediesView } from './remedies-view';
import type { RemedyStep } from './remedy-steps';

/** Remedies of Morpho loans carried out on the local chain: the contract takes them, and what it stores then has the health that was promised. */

const CAMPAIGN = createCampaign({ seed: 20_261_125, sample: 1 / 2 });
const ROUNDS = CAMPAIGN.rounds(4);
const LOANS_A_ROUND = 24;
/** Steps after the first are taken a second later each: so much interest may be between. */
const INTEREST = 10n ** 12n;

let chain: TestChain;
let bench: MorphoBench;

beforeAll(async () => {
  chain = await startTestChain({ liquidity: false });
  bench = await openBench(chain);
});
afterAll(() => chain?.stop());

const coverage = { reached: 0, exact: 0, severalSteps: 0, withdrawn: 0, borrowed: 0 };

/** Sends one step; who repays and supplies is the whale, on the owner's behalf. All of a debt goes by its shares. */
async function send({ market, owner }: Loan, { kind, amount }: RemedyStep, all: MorphoPosition): Promise<boolean> {
  const params = paramsOf(market);
  const owed = toTestRow(all).debt.find(({ leg }) => leg.enabled)?.leg.amount ?? 0n;
  const calls: Readonly<Record<RemedyStep['kind'], readonly [functionName: string, args: readonly unknown[]]>> = {
    supply: ['supplyCollateral', [params, amount, owner, '0x']],
    withdraw: ['withdrawCollateral', [params, amount, owner, owner]],
    borrow: ['borrow', [params, amount, 0n, owner, owner]],
    repay: ['repay', amount >= owed ? [params, 0n, all.borrowShares, owner, '0x'] : [params, amount, 0n, owner, '0x']],
  };
  const [functionName, args] = calls[kind];
  const hash = await chain.operator.submit({
    from: kind === 'supply' || kind === 'repay' ? bench.whale : owner,
    to: chain.deployment.morpho.address,
    data: encodeFunctionData({ abi: chain.artifacts.Morpho.abi, functionName, args: [...args] }),
  });
  return (await chain.operator.waitForReceipt(hash)).succeeded;
}

/**
 * Health from what the contract stores, as `Morpho._isHealthy` has it: shares to assets rounded up with a virtual unit and a million virtual
 * shares, the collateral rounded down twice. `undefined` without debt.
 */
async function readHealth(loan: Loan): Promise<bigint | undefined> {
  const { owners } = await readPositions(bench, [loan.owner]);
  const position = owners[0]?.positions.find(({ market }) => market.id === loan.market.id);
  if (!position || position.borrowShares === 0n) return undefined;
  const { borrowShares, collateral, market } = position;
  const { totalBorrowAssets, totalBorrowShares } = market.totals;
  const [assets, shares] = [totalBorrowAssets + 1n, totalBorrowShares + 10n ** 6n];
  const borrowed = (borrowShares * assets + shares - 1n) / shares;
  const { abi } = chain.artifacts.MorphoFeedOracle;
  const price = await chain.operator.read<bigint>({ address: loan.market.oracle, abi, functionName: 'price' });
  const carried = (((collateral * price) / 10n ** 36n) * BigInt(loan.market.lltv)) / WAD;
  return (carried * WAD) / borrowed;
}

async function carryOut(loan: Loan, steps: readonly RemedyStep[], note: string): Promise<bigint | undefined> {
  for (const step of steps) {
    const position = await readAtNextBlock(bench, loan);
    expect(await send(loan, step, position), `${note}: ${step.kind} ${step.amount} ${step.asset.symbol}`).toBe(true);
  }
  return readHealth(loan);
}

const isAtLeast = (health: bigint | undefined, target: bigint): boolean => health === undefined || health >= target;

async function playRemedy(random: Random, loan: Loan, label: string): Promise<void> {
  const row = toTestRow(await readAtNextBlock(bench, loan));
  const { healthFactor } = row.evaluation;
  if (!healthFactor.known || healthFactor.value === null) return;
  const target = drawTarget(random, healthFactor.value);
  const view = computeRemediesView(row, { target, probe: NO_PROBE, withNew: true });
  if (!view.known) throw new Error(view.reason.text);
  const remedy = pickRemedy(random, view.value, target);
  if (!remedy) return;
  const note = `${label} ${loan.market.name} ${loan.owner} ${remedy.kind} to ${target}`;
  const answered = await carryOut(loan, remedy.steps, note);
  coverage.reached += 1;
  if (remedy.steps.length === 1) {
    coverage.exact += 1;
    expect(answered, note).toBe(remedy.healthFactorAfter ?? undefined);
    expect(isAtLeast(answered, target), note).toBe(true);
  } else {
    coverage.severalSteps += 1;
    expect(isAtLeast(answered, target - (target * INTEREST) / WAD), note).toBe(true);
  }
}

/** What may be taken out is taken out, with the target kept. */
async function playHeadroom(random: Random, loan: Loan, label: string): Promise<void> {
  // A remedy of dust may have sold the last unit and repaid the last one owed.
  const { user } = await readStored(bench, loan);
  if (user.collateral === 0n && user.borrowShares === 0n) return;
  const row = toTestRow(await readAtNextBlock(bench, loan));
  const { healthFactor } = row.evaluation;
  if (!healthFactor.known || healthFactor.value === null || healthFactor.value <= WAD) return;
  const target = drawKept(random, healthFactor.value);
  const view = computeRemediesView(row, { target, probe: NO_PROBE, withNew: true });
  if (!view.known) throw new Error(view.reason.text);
  const headroom = pickHeadroom(random, view.value);
  if (!headroom) return;
  const note = `${label} ${loan.market.name} ${loan.owner} ${headroom.kind} with ${target} kept`;
  expect(isAtLeast(await carryOut(loan, [headroom], note), target), note).toBe(true);
  coverage[headroom.kind === 'borrow' ? 'borrowed' : 'withdrawn'] += 1;
}

test(
  `the contract agrees with remedies and with what may be taken out (BALLAST_SEED=${CAMPAIGN.seed})`,
  async () => {
    const random = createRandom(CAMPAIGN.seed);
    for (let round = 0; round < ROUNDS; round++) {
      const snapshot = await chain.snapshot();
      const plan = { loans: LOANS_A_ROUND, firstAddress: 1_000_000 * (round + 1) };
      const { loans } = await openRandomLoans(bench, random, plan);
      for (const loan of loans) {
        const label = `BALLAST_SEED=${CAMPAIGN.seed} round ${round}`;
        await playRemedy(random, loan, label);
        await playHeadroom(random, loan, label);
      }
      await chain.revert(snapshot);
    }
  },
  CAMPAIGN.timeoutMs,
);

test('the cases were what they are meant to be', () => {
  expect(coverage.reached).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(60));
  expect(coverage.exact).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(30));
  expect(coverage.severalSteps).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(15));
  expect(coverage.withdrawn).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(20));
  expect(coverage.borrowed).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(10));
});
