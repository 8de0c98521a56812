import type { BadDebts } from '@/lib/risk/exposure/bad-debts';
import { DROP_BINS, findDropBin, findHealthBin, HEALTH_BINS, isBinnedByClass } from '@/lib/risk/exposure/bins';
import { computeConcentration } from '@/lib/risk/exposure/concentration';
import { computeCoverage } from '@/lib/risk/exposure/coverage';
import type { DeskItem } from '@/lib/risk/exposure/desk-book';
import { type FilterContext, type FilterKey, filterItems } from '@/lib/risk/exposure/desk-filter';
import { computeExposures, type ExposureDimension } from '@/lib/risk/exposure/exposures';
import type { ItemFalls } from '@/lib/risk/exposure/fall-ranges';
import { type FineValue, fineValue } from '@/lib/risk/exposure/fine-value';
import { computeHistogram } from '@/lib/risk/exposure/histogram';
import { computeLiquidationCurve } from '@/lib/risk/exposure/liquidation-curve';
import { type RiskClass, worseRiskClass } from '@/lib/risk/risk-class';
import type { DeskRow, DeskView, DeskViewRequest } from './desk-protocol';
import { sortRows } from './sort-rows';

export interface ViewInput extends FilterContext {
  readonly key: string;
  readonly items: readonly DeskItem[];
  readonly rows: readonly DeskRow[];
  readonly ranges: readonly ItemFalls[];
  readonly badDebts: readonly BadDebts[] | undefined;
  /** Ranges along the fall that the filter marks, which may be another than the curve's. */
  readonly markedRanges: readonly ItemFalls[] | undefined;
  readonly labelOf: (key: string) => string;
}

const OWN_KEYS: Readonly<Record<ExposureDimension, readonly FilterKey[]>> = {
  asset: ['asset', 'family'],
  venue: ['venue'],
  owner: ['owner'],
  counterparty: ['counterparty'],
};

function sumSide(items: readonly DeskItem[], wanted: 'collateral' | 'debt'): FineValue {
  let sum = 0n;
  for (const { legs } of items) for (const { side, value } of legs) if (side === wanted) sum += value ?? 0n;
  return fineValue(sum);
}

function computeTotals(items: readonly DeskItem[]): DeskView['totals'] {
  const liquidatable = items.filter(({ riskClass }) => riskClass === 'liquidatable');
  const [held, owed] = [sumSide(items, 'collateral'), sumSide(items, 'debt')];
  return {
    held,
    owed,
    net: fineValue(held - owed),
    liquidatableCount: liquidatable.length,
    atMarketCount: liquidatable.filter(({ figures }) => !(figures.known && figures.value.liquidatable)).length,
    unknownCount: items.filter(({ riskClass }) => riskClass === 'unknown').length,
    // Of nothing nothing is known: an empty selection is not a safe one.
    worst:
      items.length === 0
        ? 'unknown'
        : items.reduce<RiskClass>((worst, { riskClass }) => worseRiskClass(worst, riskClass), 'safe'),
    coverage: computeCoverage(items),
  };
}

/**
 * What the screen shows of an evaluated book under a request. Table and totals answer to all of the filter; a chart leaves out what was chosen
 * in it itself, so that it keeps showing what the choice was made from.
 */
export function computeDeskView(request: DeskViewRequest, input: ViewInput): DeskView {
  const { filter, dimension, measure, lookThrough, sort } = request;
  const { items, rows, ranges, badDebts, markedRanges, familyOf, labelOf } = input;
  const choose = (except: readonly FilterKey[]): readonly number[] =>
    filterItems(items, markedRanges, filter, input, except);
  const pick = (chosen: readonly number[]): readonly DeskItem[] => chosen.flatMap((index) => items[index] ?? []);

  const chosen = choose([]);
  const exposed = pick(choose(OWN_KEYS[dimension]));
  const exposures = computeExposures(exposed, dimension, lookThrough ? familyOf : (asset) => asset);
  const healthy = pick(choose(['health']));
  const distant = pick(choose(['drop']));
  const falling = choose(['fall']);
  return {
    order: sortRows(rows, chosen, sort),
    rowsKey: input.key,
    rows: request.rowsKey === input.key ? undefined : rows,
    totals: computeTotals(pick(chosen)),
    exposures: {
      bars: exposures.map((bar) => ({ ...bar, label: labelOf(bar.key) })),
      concentration: computeConcentration(exposures, measure),
      coverage: computeCoverage(exposed),
    },
    health: {
      bars: computeHistogram(healthy, HEALTH_BINS, findHealthBin),
      coverage: computeCoverage(healthy),
      byClassCount: healthy.filter(isBinnedByClass).length,
    },
    drops: { bars: computeHistogram(distant, DROP_BINS, findDropBin), coverage: computeCoverage(distant) },
    curve: {
      ...computeLiquidationCurve(items, ranges, badDebts, falling),
      coverage: computeCoverage(pick(falling)),
    },
  };
}
