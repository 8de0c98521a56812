'use client';

import { RiskTag } from '@/components/positions/risk-tag';
import { Figure } from '@/components/ui/figure';
import { formatFineCompact, formatFineExact } from '@/lib/format/format-fine';
import type { DeskRow } from '@/lib/workers/desk/desk-protocol';
import { type DeskTableProps, DropText, HealthText, UnknownCell } from './desk-table';
import { openFromRow, RowOpener } from './row-opener';
import type { OpenRow } from './use-open-position';
import { useVirtualRows } from './use-virtual-rows';

const CARD_PX = 92;

function Card({ row, openRow }: { readonly row: DeskRow; readonly openRow: OpenRow }) {
  const value = (figure: DeskRow['debt'], rounding: 'down' | 'up') =>
    figure === undefined ? (
      <UnknownCell reason={row.reason} />
    ) : (
      <Figure text={formatFineCompact(figure, rounding)} exact={formatFineExact(figure)} affected={row.affected} />
    );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the card's opener is the keyboard's.
    <li
      data-position={row.id}
      style={{ height: CARD_PX }}
      onClick={openFromRow}
      className="cursor-pointer border-line border-b py-2 text-[13px]"
    >
      <div className="flex items-center justify-between gap-2">
        <span className="truncate font-semibold">
          {row.venue} <RowOpener id={row.id} openRow={openRow} className="font-normal text-faint" />
        </span>
        <RiskTag riskClass={row.riskClass} note={row.riskNote ?? row.reason} />
      </div>
      <div className="mt-1 flex items-baseline justify-between gap-2 tabular-nums">
        <span>
          <span className="text-faint text-xs">Health</span> <HealthText row={row} />
        </span>
        <span>
          <span className="text-faint text-xs">All fall by</span> <DropText row={row} />
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
export function DeskCards({ rows, order, openRow }: Pick<DeskTableProps, 'rows' | 'order' | 'openRow'>) {
  const { scroller, start, end, above, below } = useVirtualRows(order.length, CARD_PX);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section ref={scroller} aria-label="Positions in view" tabIndex={0} className="max-h-[75vh] min-h-40 overflow-auto">
      <ul style={{ paddingTop: above, paddingBottom: below }}>
        {[...order.subarray(start, end)].map((index) => {
          const row = rows[index];
          return row && <Card key={row.id} {...{ row, openRow }} />;
        })}
      </ul>
    </section>
  );
}
