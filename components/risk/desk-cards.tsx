'use client';

import { RiskTag } from '@/components/positions/risk-tag';
import { formatFineCompact } from '@/lib/format/format-fine';
import type { DeskRow } from '@/lib/workers/desk/desk-protocol';
import { type DeskTableProps, DropText, HealthText, UnknownCell } from './desk-table';
import { useVirtualRows } from './use-virtual-rows';

const CARD_PX = 92;

function Card({ row }: { readonly row: DeskRow }) {
  const value = (figure: DeskRow['debt'], rounding: 'down' | 'up') =>
    figure === undefined ? <UnknownCell reason={row.reason} /> : formatFineCompact(figure, rounding);
  return (
    <li data-position={row.id} style={{ height: CARD_PX }} className="border-line border-b py-2 text-[13px]">
      <div className="flex items-center justify-between gap-2">
        <span className="truncate font-semibold">
          {row.venue} <span className="font-normal text-faint">{row.id}</span>
        </span>
        <RiskTag riskClass={row.riskClass} note={row.reason} />
      </div>
      <div className="mt-1 flex items-baseline justify-between gap-2 tabular-nums">
        <span>
          <span className="text-faint text-xs">Health</span> <HealthText row={row} />
        </span>
        <span>
          <span className="text-faint text-xs">Distance</span> <DropText row={row} />
        </span>
        <span>
          {value(row.collateral, 'down')} <span className="text-faint text-xs">against</span> {value(row.debt, 'up')}
        </span>
      </div>
      <p className="mt-0.5 truncate text-faint text-xs">
        {row.held}
        {row.owed && ` against ${row.owed}`} · {row.counterparty || row.owner}
      </p>
    </li>
  );
}

/** The table of a phone: cards, only those in view drawn. */
export function DeskCards({ rows, order }: Pick<DeskTableProps, 'rows' | 'order'>) {
  const { scroller, start, end, above, below } = useVirtualRows(order.length, CARD_PX);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section ref={scroller} aria-label="Positions in view" tabIndex={0} className="max-h-[75vh] min-h-40 overflow-auto">
      <ul style={{ paddingTop: above, paddingBottom: below }}>
        {[...order.subarray(start, end)].map((index) => {
          const row = rows[index];
          return row && <Card key={row.id} row={row} />;
        })}
      </ul>
    </section>
  );
}
