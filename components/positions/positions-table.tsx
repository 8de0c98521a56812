'use client';

import { useTable } from '@tanstack/react-table';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { Fragment, type KeyboardEvent, type MouseEvent, memo, useMemo, useState } from 'react';
import { useView } from '@/components/frame/use-view';
import { classNames } from '@/components/ui/class-names';
import { Icon } from '@/components/ui/icon';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { Term } from '@/components/ui/term';
import { useIsNarrow } from '@/components/ui/use-is-narrow';
import { COLUMNS, type ColumnId } from '@/lib/stores/view-state';
import { groupRows } from './arrange-rows';
import { columnMeta, columns, features, type TableRow } from './columns';
import { LiquidatedMark } from './liquidated-mark';
import { PositionCard } from './position-card';

const ARIA_SORT = { asc: 'ascending', desc: 'descending' } as const;

const sumWidths = (ids: readonly ColumnId[]): number => ids.reduce((sum, id) => sum + columnMeta[id].widthPx, 0);

function moveWithin(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !(event.target instanceof HTMLElement) || !event.target.matches('[data-row]')) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  event.preventDefault();
  links[links.indexOf(event.target) + step]?.focus();
}

/**
 * The positions as a table, and as cards on a phone. Each row is one link; Tab reaches one of them, arrow keys and j, k move among them.
 * Rows come sorted by the link's choice and stay under their group's heading.
 */
export const PositionsTable = memo(function PositionsTable({
  rows,
  hrefOf,
}: {
  readonly rows: readonly TableRow[];
  readonly hrefOf: (positionId: string) => string;
}) {
  const [{ sort, group, columns: chosen }, setView] = useView();
  const [activeId, setActiveId] = useState<string>();
  const router = useRouter();
  const isNarrow = useIsNarrow();
  const sorting = useMemo(() => [{ id: sort.column, desc: sort.descending }], [sort]);
  const columnVisibility = useMemo(
    () => Object.fromEntries(COLUMNS.map((id) => [id, chosen === null || chosen.includes(id)])),
    [chosen],
  );
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features,
    columns,
    data,
    state: { sorting, columnVisibility },
    getRowId: (entry) => entry.row.id,
    enableSortingRemoval: false,
  });

  const visible = table.getVisibleLeafColumns().map((column) => column.id as ColumnId);
  const groups = groupRows(table.getRowModel().rows, group, (row) => row.original.row);
  const ids = groups.flatMap((entry) => entry.rows.map((row) => row.id));
  const tabbable = activeId !== undefined && ids.includes(activeId) ? activeId : ids[0];

  const toggleSort = (column: ColumnId) => {
    const descending = sort.column === column ? !sort.descending : false;
    void setView({ sort: { column, descending } });
  };
  const openRow = (id: string) => (event: MouseEvent) => {
    if (event.defaultPrevented || (event.target as HTMLElement).closest('a, button') || getSelection()?.toString())
      return;
    router.push(hrefOf(id));
  };

  return (
    <>
      {isNarrow !== true && (
        // biome-ignore lint/a11y/noStaticElementInteractions: only passes arrow keys on to the links within.
        <div className="overflow-x-auto max-md:hidden" onKeyDown={moveWithin}>
          <Table className="table-fixed text-[13px]" style={{ minWidth: sumWidths(visible) }}>
            <caption className="sr-only">Positions</caption>
            <thead>
              <tr>
                {visible.map((id) => {
                  const { title, numeric, term } = columnMeta[id];
                  const sorted = sort.column === id ? (sort.descending ? 'desc' : 'asc') : undefined;
                  const label = (
                    <>
                      {title}
                      {sorted && (
                        <span
                          className={classNames('absolute top-1/2 -translate-y-1/2', numeric ? '-left-3' : '-right-3')}
                        >
                          <Icon name={sorted === 'desc' ? 'down' : 'up'} size={10} />
                        </span>
                      )}
                    </>
                  );
                  return (
                    <HeadCell
                      key={id}
                      className={numeric ? 'num' : ''}
                      {...(id === 'owner' ? {} : { style: { width: columnMeta[id].widthPx } })}
                      {...(sorted ? { 'aria-sort': ARIA_SORT[sorted] } : {})}
                    >
                      {term ? (
                        <Term {...term} onClick={() => toggleSort(id)}>
                          {label}
                        </Term>
                      ) : (
                        <button type="button" className="relative" onClick={() => toggleSort(id)}>
                          {label}
                        </button>
                      )}
                    </HeadCell>
                  );
                })}
              </tr>
            </thead>
            <tbody>
              {groups.map((entry) => (
                <Fragment key={entry.key}>
                  {entry.title !== undefined && (
                    <tr>
                      <th
                        scope="rowgroup"
                        colSpan={visible.length}
                        className="border-line border-b px-2 pt-4 pb-1 text-left font-semibold text-[13px]"
                      >
                        {entry.title} <span className="font-normal text-faint">{entry.rows.length}</span>
                      </th>
                    </tr>
                  )}
                  {entry.rows.map((tableRow) => (
                    <tr
                      key={tableRow.id}
                      data-position={tableRow.id}
                      onClick={openRow(tableRow.id)}
                      className="cursor-pointer hover:bg-sunken has-[[data-row]:focus]:bg-accent-weak"
                    >
                      {visible.map((id) => (
                        <Cell key={id} data-column={id} className={columnMeta[id].numeric ? 'num' : ''}>
                          {id === 'owner' ? (
                            <>
                              <Link
                                href={hrefOf(tableRow.id)}
                                prefetch={false}
                                data-row=""
                                tabIndex={tableRow.id === tabbable ? 0 : -1}
                                onFocus={() => setActiveId(tableRow.id)}
                                title={tableRow.original.row.owner.address}
                                className="line-clamp-2 whitespace-normal leading-4"
                              >
                                {columnMeta[id].render(tableRow.original)}
                              </Link>
                              <LiquidatedMark account={tableRow.original.row.owner.address} />
                            </>
                          ) : (
                            columnMeta[id].render(tableRow.original)
                          )}
                        </Cell>
                      ))}
                    </tr>
                  ))}
                </Fragment>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {isNarrow !== false && (
        <div className="md:hidden">
          {groups.map((entry) => (
            <section key={entry.key} aria-label={entry.title ?? 'Positions'}>
              {entry.title !== undefined && (
                <h2 className="pt-4 pb-1 font-semibold text-[13px]">
                  {entry.title} <span className="font-normal text-faint">{entry.rows.length}</span>
                </h2>
              )}
              <ul>
                {entry.rows.map((row) => (
                  <li key={row.id} className="[contain-intrinsic-size:auto_177px] [content-visibility:auto]">
                    <PositionCard entry={row.original} href={hrefOf(row.id)} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </>
  );
});
