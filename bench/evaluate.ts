import { formatUserSummary } from '@aave/math-utils';
import type { Evaluation } from '@/lib/domain/evaluation';
import { toOptional } from '@/lib/domain/known';
import type { AavePosition } from '@/lib/venues/aave-v3/state';
import { rulesOf } from '@/lib/venues/registry';
import { type Benchmark, type BenchmarkContext, BenchmarkError } from './benchmark';
import { type MathUtilsInput, readMathUtilsInput } from './math-utils-input';
import { readAavePositions } from './read-aave-positions';
import { type ContractAccountData, readAccountData } from './read-account-data';
import { computeMedian, computePercentile } from './statistics';
import { timeMs } from './time-ms';

const WAD_PER_BPS = 10n ** 14n;
const NO_DEBT = 2n ** 256n - 1n;
const WAD = 10n ** 18n;
const WAD_DECIMALS = 18;
const BASE_DECIMALS = 8;
/** Accounts in one measured slice: long enough for the clock, short enough that both sides meet the same disturbance. */
const SLICE = 500;
const WARM_UP = 3_000;
const ROUNDS = 2;
/** Ours is run so many times a slice, since one pass is too short to be timed well. */
const PASSES = 10;
/**
 * The contract rounds each debt up and each balance down to a token unit, math-utils rounds half up: one unit of WBTC in a debt of 40 dollars
 * is 2.4e-5. Further off than this, it would be doing other work.
 */
const AGREEMENT = 1e-4;

/** Pairs of our figure and the contract's, in the contract's units. */
function listPairs(ours: Evaluation, contract: ContractAccountData): readonly (readonly [string, unknown, bigint])[] {
  const toBps = (ratio: bigint | null | undefined) => (ratio === undefined ? undefined : (ratio ?? 0n) / WAD_PER_BPS);
  const { totalCollateralBase: collateral, totalDebtBase: debt } = contract;
  const ltv = toOptional(ours.ltv);
  const healthFactor = toOptional(ours.healthFactor);
  return [
    ['total collateral', toOptional(ours.collateralValue), collateral],
    ['total debt', toOptional(ours.debtValue), debt],
    ['borrow limit', toOptional(ours.availableToBorrow), contract.availableBorrowsBase],
    ['liquidation threshold', toBps(toOptional(ours.liquidationThreshold)), contract.currentLiquidationThreshold],
    ['maximum LTV', toBps(toOptional(ours.maxLtv)), contract.ltv],
    ['health factor', healthFactor === null ? NO_DEBT : healthFactor, contract.healthFactor],
    // The contract gives no LTV of its own: debt / collateral of its totals, rounded up.
    ['LTV', ltv === null ? 0n : ltv, collateral === 0n ? 0n : (debt * WAD + collateral - 1n) / collateral],
  ];
}

const evaluateOurs = (position: AavePosition): Evaluation => rulesOf(position).computeEvaluation(position);

function requireEqual(positions: readonly AavePosition[], contract: readonly ContractAccountData[]): void {
  for (const [index, position] of positions.entries()) {
    const answer = contract[index];
    if (!answer) throw new RangeError('There are more positions than answers.');
    const wrong = listPairs(evaluateOurs(position), answer).find(([, ours, theirs]) => ours !== theirs);
    if (!wrong) continue;
    const [name, ours, theirs] = wrong;
    throw new BenchmarkError('WRONG_ANSWER', `Our ${name} of ${position.owner} is not the contract's.`, {
      inputs: { account: position.owner, figure: name, ours: `${ours}`, contract: `${theirs}` },
      nextStep: 'Compare the legs of this account with the contract; speed says nothing until they agree.',
    });
  }
}

/** |theirs / contract − 1|. */
const distance = (theirs: string, contract: bigint, decimals: number): number =>
  contract === 0n ? Number(theirs) : Math.abs(Number(theirs) / (Number(contract) / 10 ** decimals) - 1);

/** The largest relative distance of math-utils' totals and health factors from the contract's. Errors: WRONG_ANSWER beyond `AGREEMENT`. */
function computeDisagreement({ requests }: MathUtilsInput, contract: readonly ContractAccountData[]): number {
  let largest = 0;
  for (const [index, request] of requests.entries()) {
    const answer = contract[index];
    if (!answer) throw new RangeError('There are more requests than answers.');
    const summary = formatUserSummary(request);
    largest = Math.max(
      largest,
      distance(summary.totalCollateralMarketReferenceCurrency, answer.totalCollateralBase, BASE_DECIMALS),
      distance(summary.totalBorrowsMarketReferenceCurrency, answer.totalDebtBase, BASE_DECIMALS),
      answer.totalDebtBase > 0n ? distance(summary.healthFactor, answer.healthFactor, WAD_DECIMALS) : 0,
    );
  }
  if (largest <= AGREEMENT) return largest;
  throw new BenchmarkError(
    'WRONG_ANSWER',
    `math-utils is ${largest} off the contract: it is not doing the same work.`,
    {
      nextStep: 'Compare one request with what the contract says of that account.',
    },
  );
}

function measure(
  { report, explain }: BenchmarkContext,
  positions: readonly AavePosition[],
  input: MathUtilsInput,
): { readonly perSecond: number; readonly ratios: readonly number[]; readonly withReserves: readonly number[] } {
  const sink = { last: undefined as unknown };
  const oursPerAccountMs: number[] = [];
  const ratios: number[] = [];
  const withReserves: number[] = [];
  // Both are compiled before anything counts.
  timeMs(positions.slice(0, WARM_UP), PASSES, evaluateOurs, sink);
  timeMs(input.requests.slice(0, WARM_UP), 1, formatUserSummary, sink);
  for (let round = 0; round < ROUNDS; round++) {
    report(`evaluate: round ${round + 1} of ${ROUNDS} …`);
    for (let from = 0; from + SLICE <= positions.length; from += SLICE) {
      const ours = () => timeMs(positions.slice(from, from + SLICE), PASSES, evaluateOurs, sink);
      const theirs = () => timeMs(input.requests.slice(from, from + SLICE), 1, formatUserSummary, sink);
      const reserves = () => timeMs([0], 1, input.formatReservesAgain, sink);
      // Whoever comes first changes from slice to slice.
      const [oursMs, theirsMs] = (from / SLICE) % 2 === 0 ? [ours(), theirs()] : [theirs(), ours()].reverse();
      if (oursMs === undefined || theirsMs === undefined) throw new RangeError('A slice was not measured.');
      oursPerAccountMs.push(oursMs / SLICE);
      ratios.push(theirsMs / oursMs);
      withReserves.push((theirsMs + reserves()) / oursMs);
    }
  }
  explain(
    `ratio of ${ratios.length} slices: least ${Math.min(...ratios).toFixed(1)}, 10 % ${computePercentile(ratios, 0.1).toFixed(1)}, ` +
      `median ${computeMedian(ratios).toFixed(1)}, 90 % ${computePercentile(ratios, 0.9).toFixed(1)}, most ${Math.max(...ratios).toFixed(1)}`,
  );
  return { perSecond: 1_000 / computeMedian(oursPerAccountMs), ratios, withReserves };
}

/** How many accounts a second go from the reader's output to their figures, on one thread, beside Aave's own library. */
export const evaluate: Benchmark = {
  name: 'evaluate',
  async run(context) {
    const seeded = await context.openSeededChain();
    const contract = await readAccountData(seeded, seeded.connect());
    const positions = await readAavePositions(seeded);
    requireEqual(positions, contract);
    const input = await readMathUtilsInput(seeded, positions);
    const disagreement = computeDisagreement(input, contract);
    const { perSecond, ratios, withReserves } = measure(context, positions, input);
    const ratio = computeMedian(ratios);
    context.record(
      {
        id: 'evaluate.perSecond',
        value: perSecond,
        unit: 'accounts/s',
        note: `${positions.length} accounts, totals, LTV, health factor and borrow limit, all equal to the contract's; a second of processor time, one thread, median of ${ratios.length} slices`,
      },
      {
        id: 'evaluate.vsMathUtils.ratio',
        value: ratio,
        unit: '×',
        note:
          `formatUserSummary on the same accounts in turn with ours: ${Math.round(perSecond / ratio)} accounts/s with the reserves formatted once outside ` +
          `(${computeMedian(withReserves).toFixed(1)} × with that once every ${SLICE} accounts); its figures are within ${disagreement.toExponential(0)} of the contract's`,
        aim: { atLeast: 100 },
      },
    );
  },
};
