'use client';

import { useState } from 'react';
import { RiskTag } from '@/components/positions/risk-tag';
import { Figure } from '@/components/ui/figure';
import { Icon } from '@/components/ui/icon';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { formatFineCompact, formatFineExact } from '@/lib/format/format-fine';
import { formatExact } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatChange } from '@/lib/format/format-percent';
import { rational } from '@/lib/units/rational';
import type { DeskRow } from '@/lib/workers/desk/desk-protocol';
import type { DeskColumn } from '@/lib/workers/desk/desk-sort';
import { moveAmongRows, openFromRow, RowOpener } from './row-opener';
import type { OpenRow } from './use-open-position';
import type { RiskView, SetRiskView } from './use-risk-view';
import { useVirtualRows } from './use-virtual-rows';

const ROW_PX = 36;

const COLUMNS: readonly { readonly id: DeskColumn; readonly title: string; readonly widthPx: number }[] = [
  { id: 'id', title: 'Position', widthPx: 106 },
  { id: 'venue', title: 'Venue', widthPx: 112 },
  { id: 'owner', title: 'Owner', widthPx: 96 },
  { id: 'counterparty', title: 'Counterparty', widthPx: 118 },
  { id: 'collateral', title: 'Collateral', widthPx: 160 },
  { id: 'debt', title: 'Debt', widthPx: 130 },
  { id: 'health', title: 'Health factor', widthPx: 100 },
  { id: 'drop', title: 'All fall by', widthPx: 80 },
];
const NUMERIC = new Set<DeskColumn>(['collateral', 'debt', 'health', 'drop']);
const RISK_PX = 110;
const MIN_PX = COLUMNS.reduce((sum, { widthPx }) => sum + widthPx, RISK_PX);

export const UnknownCell = ({ reason }: { readonly reason: string | undefined }) => (
  <span className="text-unknown" title={reason}>
    —<span className="sr-only"> unknown: {reason}</span>
  </span>
);

function ValueCell({
  value,
  rounding,
  of,
  row: { reason, affected },
}: {
  readonly value: DeskRow['debt'];
  readonly rounding: 'down' | 'up';
  readonly of: string;
  readonly row: DeskRow;
}) {
  return (
    <span className="flex items-baseline justify-end gap-2">
      <span className="min-w-0 truncate text-[11px] text-faint" title={of}>
        {of}
      </span>
      {value === undefined ? (
        <UnknownCell reason={reason} />
      ) : (
        <Figure text={formatFineCompact(value, rounding)} exact={formatFineExact(value)} affected={affected} />
      )}
    </span>
  );
}

/** A health factor, ∞ without debt, a dash with the reason where it is unknown. */
export function HealthText({ row }: { readonly row: DeskRow }) {
  if (row.healthFactor === undefined) return <UnknownCell reason={row.reason} />;
  return (
    <Figure
      text={formatHealthFactor(row.healthFactor)}
      exact={row.healthFactor === null ? 'no debt' : formatExact(row.healthFactor, 18)}
      affected={row.affected}
    />
  );
}

/** The common fall of all collateral that liquidates. */
export function DropText({ row }: { readonly row: DeskRow }) {
  if (row.drop === undefined) return <UnknownCell reason={row.reason} />;
  const { drop, affected } = row;
  if (row.liquidatable) {
    return <Figure text={affected ? 'past it' : 'now'} affected={affected} className="text-liquidatable" />;
  }
  if (drop === null) return <span className="text-faint">none</span>;
  return <Figure text={formatChange(rational(-drop.numerator, drop.denominator), 'up')} affected={affected} />;
}

interface RowProps {
  readonly row: DeskRow;
  readonly openRow: OpenRow;
  readonly isTabbable: boolean;
  readonly onFocus: () => void;
}

function Row({ row, openRow, isTabbable, onFocus }: RowProps) {
  const texts = [row.venue, row.owner, row.counterparty];
  return (
    <tr
      data-position={row.id}
      style={{ height: ROW_PX }}
      onClick={openFromRow}
      className="cursor-pointer hover:bg-sunken has-[[data-row]:focus]:bg-accent-weak"
    >
      <Cell className="!h-9 truncate">
        <RowOpener {...{ id: row.id, openRow, isTabbable, onFocus }} />
      </Cell>
      {texts.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are fixed.
        <Cell key={index} className="!h-9 truncate" title={text}>
          {text}
        </Cell>
      ))}
      <Cell className="num !h-9">
        <ValueCell value={row.collateral} rounding="down" of={row.held} row={row} />
      </Cell>
      <Cell className="num !h-9">
        <ValueCell value={row.debt} rounding="up" of={row.owed} row={row} />
      </Cell>
      <Cell className="num !h-9">
        <HealthText row={row} />
      </Cell>
      <Cell className="num !h-9">
        <DropText row={row} />
      </Cell>
      <Cell className="!h-9">
        <RiskTag riskClass={row.riskClass} note={row.riskNote ?? row.reason} />
      </Cell>
    </tr>
  );
}

export interface DeskTableProps {
  readonly rows: readonly DeskRow[];
  readonly order: Uint32Array;
  readonly view: RiskView;
  readonly setView: SetRiskView;
  readonly openRow: OpenRow;
}

/** Any number of positions: only the rows in view are drawn. Heads sort; Tab reaches one row, arrow keys and j, k move among them. */
export function DeskTable({ rows, order, view, setView, openRow }: DeskTableProps) {
  const [activeId, setActiveId] = useState<string>();
  const { scroller, start, end, above, below } = useVirtualRows(order.length, ROW_PX);
  const { column, descending } = view.order;
  const drawn = [...order.subarray(start, end)].flatMap((index) => rows[index] ?? []);
  const tabbable = drawn.some(({ id }) => id === activeId) ? activeId : drawn[0]?.id;
  return (
    <section
      ref={scroller}
      aria-label="Positions in view"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      onKeyDown={moveAmongRows}
      className="max-h-[70vh] min-h-40 overflow-auto"
    >
      <Table className="table-fixed text-[13px]" style={{ minWidth: MIN_PX }} aria-rowcount={order.length + 1}>
        <caption className="sr-only">Positions in view</caption>
        <thead>
          <tr>
            {COLUMNS.map(({ id, title, widthPx }) => (
              <HeadCell
                key={id}
                style={{ width: widthPx }}
                className={`sticky top-0 z-1 bg-bg shadow-[inset_0_-1px_0_var(--line)] ${NUMERIC.has(id) ? 'num' : ''}`}
                {...(column === id ? { 'aria-sort': descending ? 'descending' : 'ascending' } : {})}
              >
                <button
                  type="button"
                  className="relative"
                  onClick={() => void setView({ order: { column: id, descending: column === id && !descending } })}
                >
                  {title}
                  {column === id && (
                    <span className={`-translate-y-1/2 absolute top-1/2 ${NUMERIC.has(id) ? '-left-3' : '-right-3'}`}>
                      <Icon name={descending ? 'down' : 'up'} size={10} />
                    </span>
                  )}
                </button>
              </HeadCell>
            ))}
            <HeadCell style={{ width: RISK_PX }} className="sticky top-0 z-1 bg-bg shadow-[inset_0_-1px_0_var(--line)]">
              Class
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr style={{ height: above }} />}
          {drawn.map((row) => (
            <Row
              key={row.id}
              {...{ row, openRow }}
              isTabbable={row.id === tabbable}
              onFocus={() => setActiveId(row.id)}
            />
          ))}
          {below > 0 && <tr style={{ height: below }} />}
        </tbody>
      </Table>
    </section>
  );
}
