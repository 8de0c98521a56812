import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import { WAD } from '@/lib/units/fixed';
import {
  type AaveBench,
  openBench,
  playRound,
  readAccountData,
  readBlock,
  readNowAndNext,
} from '@/lib/venues/aave-v3/random-accounts';
import { carryOutChange } from '@/lib/venues/aave-v3/random-changes';
import type { AavePosition } from '@/lib/venues/aave-v3/state';
import { createCampaign } from '@/lib/venues/campaign';
import { createRandom, type Random } from '@/lib/venues/random-draws';
import { NO_PROBE } from './probe';
import { drawKept, drawTarget, pickHeadroom, pickRemedy, toTestRow } from './random-remedies';
import { computeRemediesView } from './remedies-view';
import type { RemedyStep } from './remedy-steps';

/** Remedies carried out on the local chain: the contract takes them, and its own health factor is the one that was promised. */

const CAMPAIGN = createCampaign({ seed: 20_261_124, sample: 1 / 3 });
const ROUNDS = CAMPAIGN.rounds(4);
const ACCOUNTS_A_ROUND = 20;
/** Steps after the first are taken a second later each: so much interest may be between. */
const INTEREST = 10n ** 12n;
/** Base units that the interest of a second may round the values of an account's legs by, collateral down and debt up. */
const ROUNDING = 6n;

let chain: TestChain;
let bench: AaveBench;

beforeAll(async () => {
  chain = await startTestChain({ liquidity: false });
  bench = await openBench(chain);
});
afterAll(() => chain?.stop());

const coverage = { reached: 0, severalSteps: 0, mixes: 0, takenOut: 0, newAssets: 0, newLoans: 0 };

interface Answered {
  readonly healthFactor: bigint;
  /** Base currency: of dust it is so small that a unit of its rounding shows in the health factor. */
  readonly debt: bigint;
}

async function carryOut(position: AavePosition, steps: readonly RemedyStep[], note: string): Promise<Answered> {
  for (const { kind, asset, amount } of steps) {
    const change = { kind, asset: asset.id, amount };
    // No step of a remedy asks for more than there is.
    expect(await carryOutChange(bench, position, change, amount), `${note}: ${kind} ${amount} ${asset.symbol}`).toBe(
      true,
    );
  }
  const [data] = await readAccountData(bench, [position.owner], await readBlock(chain));
  const [debt, healthFactor] = [data?.[1], data?.[5]];
  if (debt === undefined || healthFactor === undefined) throw new Error('The contract tells a health factor.');
  return { debt, healthFactor };
}

async function playRemedy(random: Random, position: AavePosition, label: string): Promise<void> {
  const row = toTestRow(position);
  const { healthFactor } = row.evaluation;
  if (!healthFactor.known || healthFactor.value === null) return;
  const target = drawTarget(random, healthFactor.value);
  const view = computeRemediesView(row, { target, probe: NO_PROBE, withNew: true });
  if (!view.known) throw new Error(view.reason.text);
  const remedy = pickRemedy(random, view.value, target);
  if (!remedy) return;
  const note = `${label} ${position.owner} ${remedy.kind} to ${target}`;
  const { healthFactor: healthAfter, debt } = await carryOut(position, remedy.steps, note);
  if (remedy.steps.length === 1) {
    expect(healthAfter, note).toBe(remedy.healthFactorAfter ?? 2n ** 256n - 1n);
    expect(healthAfter >= target, note).toBe(true);
  } else {
    coverage.severalSteps += 1;
    const allowed = (target * INTEREST) / WAD + (debt > 0n ? (target * ROUNDING) / debt : 0n);
    expect(healthAfter >= target - allowed, note).toBe(true);
  }
  if (remedy.kind === 'mix') coverage.mixes += 1;
  if (remedy.isNew) coverage.newAssets += 1;
  coverage.reached += 1;
}

/** What may be taken out is taken out; a unit more would have been refused or have left less than the target. */
async function playHeadroom(random: Random, position: AavePosition, label: string): Promise<void> {
  const row = toTestRow(position);
  const { healthFactor } = row.evaluation;
  if (!healthFactor.known || healthFactor.value === null || healthFactor.value <= WAD) return;
  const target = drawKept(random, healthFactor.value);
  const view = computeRemediesView(row, { target, probe: NO_PROBE, withNew: true });
  if (!view.known) throw new Error(view.reason.text);
  const headroom = pickHeadroom(random, view.value);
  if (!headroom) return;
  const note = `${label} ${position.owner} ${headroom.kind} with ${target} kept`;
  const answered = await carryOut(position, [headroom], note);
  expect(answered.healthFactor >= target, note).toBe(true);
  coverage.takenOut += 1;
  if (headroom.isNew) coverage.newLoans += 1;
}

test(
  `the contract agrees with remedies and with what may be taken out (BALLAST_SEED=${CAMPAIGN.seed})`,
  async () => {
    const random = createRandom(CAMPAIGN.seed);
    for (let round = 0; round < ROUNDS; round++) {
      const label = `BALLAST_SEED=${CAMPAIGN.seed} round ${round}`;
      const { owners } = await playRound(
        bench,
        random,
        { tight: round % 2 === 1, accounts: ACCOUNTS_A_ROUND },
        1 + round * 1_000,
      );
      for (const owner of owners) {
        const first = (await readNowAndNext(bench, owner)).next.position;
        if (first) await playRemedy(random, first, label);
        const second = (await readNowAndNext(bench, owner)).next.position;
        if (second) await playHeadroom(random, second, label);
      }
    }
  },
  CAMPAIGN.timeoutMs,
);

test('the cases were what they are meant to be', () => {
  expect(coverage.reached).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(40));
  expect(coverage.severalSteps).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(10));
  expect(coverage.mixes).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(20));
  expect(coverage.takenOut).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(30));
  expect(coverage.newAssets).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(18));
  expect(coverage.newLoans).toBeGreaterThanOrEqual(CAMPAIGN.atLeast(18));
});
