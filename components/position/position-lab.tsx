'use client';

import type { BookFamily, PositionRow } from '@/lib/book/position-row';
import { ComparisonPanel } from './comparison-panel';
import { DirectionPanel } from './direction-panel';
import { FrontierPanel } from './frontier-panel';
import { OutcomePanel } from './outcome-panel';
import { RemediesPanel } from './remedies-panel';
import { useOracleRow } from './use-oracle-row';
import { useProbe } from './use-probe';

/** What the venue's rules answer beyond today: where the position turns, what a liquidation costs, what to do about it. */
export default function PositionLab({
  row: liveRow,
  families,
  affected,
}: {
  readonly row: PositionRow;
  readonly families: readonly BookFamily[];
  /** A what-if changed figures of the position: whatever is computed from it is marked. */
  readonly affected: boolean;
}) {
  const row = useOracleRow(liveRow);
  const state = useProbe(row);
  return (
    <div className="grid items-stretch gap-3.5 lg:grid-cols-2">
      <FrontierPanel {...{ row, state, affected }} />
      <OutcomePanel {...{ row, state, affected }} />
      <DirectionPanel {...{ row, families, state, affected }} />
      <RemediesPanel {...{ row, state, affected }} />
      <div className="min-w-0 lg:col-span-2">
        <ComparisonPanel {...{ row, state, affected }} />
      </div>
    </div>
  );
}
