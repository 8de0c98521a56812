'use client';

import { memo } from 'react';
import { describeWhatIf } from '@/components/frame/describe-what-if';
import { useView } from '@/components/frame/use-view';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import type { PositionRow } from '@/lib/book/position-row';
import { COLUMNS, GROUPINGS } from '@/lib/stores/view-state';
import { columnMeta } from './columns';
import { formatPositionsCsv } from './format-positions-csv';

const FIXED = ['venue', 'owner'];

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Filter, grouping, columns, export. `rows` are those shown. */
export const Toolbar = memo(function Toolbar({ rows }: { readonly rows: readonly PositionRow[] }) {
  const [{ filter, group, columns, shock }, setView] = useView();
  const shown = columns ?? COLUMNS;

  return (
    <div className="flex items-center gap-2 max-md:w-full">
      <label className="relative max-md:flex-1">
        <span className="sr-only">Filter positions</span>
        <input
          data-filter=""
          type="search"
          value={filter}
          placeholder="/ Filter"
          onChange={(event) => void setView({ filter: event.target.value || null })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            void setView({ filter: null });
            event.currentTarget.blur();
          }}
          className="h-7 w-24 rounded-md border border-line bg-panel px-2.5 text-[13px] placeholder:text-muted max-md:w-full"
        />
      </label>
      <Menu
        label="Group rows"
        trigger={
          <>
            {group ? `By ${group}` : 'Group'} <Icon name="down" size={10} />
          </>
        }
        items={[null, ...GROUPINGS].map((choice) => ({
          key: choice ?? 'none',
          label: choice ?? 'none',
          checked: group === choice,
          onSelect: () => void setView({ group: choice }),
        }))}
      />
      <span className="flex gap-2 max-md:hidden">
        <Menu
          label="Choose columns"
          trigger="Columns"
          items={COLUMNS.map((id) => ({
            key: id,
            label: columnMeta[id].title,
            checked: shown.includes(id),
            disabled: FIXED.includes(id),
            keepOpen: true,
            onSelect: () => {
              const next = COLUMNS.filter((other) => (other === id ? !shown.includes(id) : shown.includes(other)));
              void setView({ columns: next.length === COLUMNS.length ? null : next });
            },
          }))}
        />
      </span>
      <Button
        aria-label="Export as CSV"
        title="Export as CSV"
        disabled={rows.length === 0}
        onClick={() => {
          const whatIf = describeWhatIf(shock);
          download(`ballast-positions${whatIf ? '-what-if' : ''}.csv`, formatPositionsCsv(rows, whatIf));
        }}
      >
        <Icon name="download" size={14} />
      </Button>
    </div>
  );
});
