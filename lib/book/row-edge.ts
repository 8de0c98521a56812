import type { PriceBook } from '@/lib/domain/book-position';
import { type Known, known } from '@/lib/domain/known';
import type { BookSnapshot } from '@/lib/domain/venue-actions';
import type { LinearEdge } from '@/lib/domain/venue-model';
import { actionsOf } from '@/lib/venues/actions';
import { modelById } from '@/lib/venues/models';
import type { PositionRow } from './position-row';
import { type ProbePrices, toProbeOverride } from './probe';

/** A position as its venue's model sees it: in the book format, with the edge that its liquidation prices follow from. */
export interface RowEdge extends BookSnapshot {
  readonly prices: PriceBook;
  readonly edge: LinearEdge;
}

/** The edge of a row's position at its prices (what-if applied) or at a probe's. Unknown while the chain or a price cannot be seen. */
export function computeRowEdge(row: PositionRow, probe: ProbePrices): Known<RowEdge> {
  if (row.blind) return { known: false, reason: row.blind };
  const snapshot = actionsOf(row.position).toBook(row.position, toProbeOverride(row, probe));
  if (!snapshot.known) return snapshot;
  const { position, prices } = snapshot.value;
  return known({ position, prices, edge: modelById(row.position.venue).describeEdge(position) });
}
