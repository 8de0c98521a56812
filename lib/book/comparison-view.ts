import { compareVenues, type VenueComparison } from '@/lib/compare/compare-venues';
import { type Known, known } from '@/lib/domain/known';
import { actionsOf } from '@/lib/venues/actions';
import type { PositionRow } from './position-row';
import { NO_PROBE, type ProbePrices, toProbeOverride } from './probe';

/**
 * The row's legs on every venue, its own first: measured at the row's prices (what-if applied), the outcome at the probe's. By the venues'
 * models over exact fractions; the row's own venue is shown by its model too, so that all stand side by side by one measure.
 *
 * Venues that can hold nothing of it come last. Unknown while the chain or a price cannot be seen. Example: `compareVenues`.
 */
export function computeComparisonView(row: PositionRow, probe: ProbePrices): Known<readonly VenueComparison[]> {
  if (row.blind) return { known: false, reason: row.blind };
  const { toBook } = actionsOf(row.position);
  const measured = toBook(row.position, toProbeOverride(row, NO_PROBE));
  if (!measured.known) return measured;
  const asked = toBook(row.position, toProbeOverride(row, probe));
  if (!asked.known) return asked;
  const symbols = new Map<string, string>(row.prices.map(({ asset }) => [asset.id, asset.symbol]));
  const compared = compareVenues({
    position: measured.value.position,
    prices: measured.value.prices,
    mostOwed: measured.value.mostOwed,
    outcomePrices: asked.value.prices,
    symbolOf: (asset) => symbols.get(asset) ?? asset,
  });
  const holds = ({ positions }: VenueComparison): boolean => positions.length > 0;
  return known([...compared.filter(holds), ...compared.filter((each) => !holds(each))]);
}
