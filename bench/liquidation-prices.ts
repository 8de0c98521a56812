import type { AavePosition } from '@/lib/venues/aave-v3/state';
import { rulesOf } from '@/lib/venues/registry';
import type { Benchmark, BenchmarkContext } from './benchmark';
import { checkAgainstSearch, checkLiquidationPrices } from './check-liquidation-prices';
import { readAavePositions } from './read-aave-positions';
import { searchLiquidationPrices } from './search-liquidation-prices';
import { computeMedian, computePercentile } from './statistics';
import { timeMs } from './time-ms';

/** Accounts in one measured slice. */
const SLICE = 500;
/** One account in so many is searched too: a search takes hundreds of evaluations. */
const SEARCHED_OF = 10;
const WARM_UP = 3_000;
const ROUNDS = 2;
/** The quick sides are run so many times a slice, since one pass is too short to be timed well. */
const PASSES = 5;

const computePrices = (position: AavePosition) => rulesOf(position).computeLiquidationPrices(position);
const evaluateOnce = (position: AavePosition) => rulesOf(position).computeEvaluation(position);

const owes = ({ holdings }: AavePosition): boolean => holdings.some(({ scaledDebt }) => scaledDebt > 0n);
/** The search knows no account that is liquidatable today. */
const isSafe = (position: AavePosition): boolean => {
  const { liquidatable } = evaluateOnce(position);
  return liquidatable.known && !liquidatable.value;
};

interface Samples {
  readonly accountMs: number[];
  readonly evaluationRatios: number[];
  readonly searchRatios: number[];
}

function measure(
  { report }: BenchmarkContext,
  positions: readonly AavePosition[],
  searched: readonly AavePosition[],
): Samples {
  const sink = { last: undefined as unknown };
  const samples: Samples = { accountMs: [], evaluationRatios: [], searchRatios: [] };
  const perSlice = Math.floor((searched.length * SLICE) / positions.length);
  // All are compiled before anything counts.
  timeMs(positions.slice(0, WARM_UP), PASSES, computePrices, sink);
  timeMs(positions.slice(0, WARM_UP), PASSES, evaluateOnce, sink);
  timeMs(searched.slice(0, perSlice), 1, searchLiquidationPrices, sink);
  for (let round = 0; round < ROUNDS; round++) {
    report(`liquidationPrices: round ${round + 1} of ${ROUNDS} …`);
    for (let slice = 0; (slice + 1) * SLICE <= positions.length; slice++) {
      const all = positions.slice(slice * SLICE, (slice + 1) * SLICE);
      const some = searched.slice(slice * perSlice, (slice + 1) * perSlice);
      const pricesMs = timeMs(all, PASSES, computePrices, sink);
      const evaluationMs = timeMs(all, PASSES, evaluateOnce, sink);
      const searchMs = timeMs(some, 1, searchLiquidationPrices, sink);
      const sameMs = timeMs(some, PASSES, computePrices, sink);
      samples.accountMs.push(pricesMs / SLICE);
      samples.evaluationRatios.push(pricesMs / evaluationMs);
      samples.searchRatios.push(searchMs / sameMs);
    }
  }
  return samples;
}

/** How many liquidation prices a second follow from the reader's output, on one thread, beside finding them by evaluation after evaluation. */
export const liquidationPrices: Benchmark = {
  name: 'liquidationPrices',
  async run(context) {
    const positions = await readAavePositions(await context.openSeededChain());
    context.report('liquidationPrices: checking every price …');
    const count = positions.reduce(
      (sum, position) => sum + checkLiquidationPrices(position, computePrices(position)),
      0,
    );
    const searched = positions.filter(
      (position, index) => index % SEARCHED_OF === 0 && owes(position) && isSafe(position),
    );
    for (const position of searched) checkAgainstSearch(position, computePrices(position));
    const { accountMs, evaluationRatios, searchRatios } = measure(context, positions, searched);
    const positionsPerSecond = 1_000 / computeMedian(accountMs);
    context.explain(
      `against the search, ${searchRatios.length} slices: 10 % ${computePercentile(searchRatios, 0.1).toFixed(1)}, ` +
        `90 % ${computePercentile(searchRatios, 0.9).toFixed(1)}`,
    );
    context.record(
      {
        id: 'liquidationPrices.perSecond',
        value: (positionsPerSecond * count) / positions.length,
        unit: 'prices/s',
        note:
          `${count} prices of ${positions.length} accounts, each asset alone and all collateral together, every one checked: ` +
          "liquidatable there by the contract's comparison, and one unit nearer not; those that do not exist are not counted",
      },
      {
        id: 'liquidationPrices.positionsPerSecond',
        value: positionsPerSecond,
        unit: 'accounts/s',
        note: `all prices of an account; a second of processor time, one thread, median of ${accountMs.length} slices`,
      },
      {
        id: 'liquidationPrices.vsEvaluation.ratio',
        value: computeMedian(evaluationRatios),
        unit: '×',
        note: "all prices of an account take as long as so many evaluations of it at today's prices, in the same run",
      },
      {
        id: 'liquidationPrices.vsSearch.ratio',
        value: computeMedian(searchRatios),
        unit: '×',
        note:
          `the same prices to the unit by halving, an evaluation a step, on ${searched.length} of the accounts in turn with ours; ` +
          'both find the same, but where an asset stands on both sides',
      },
    );
  },
};
