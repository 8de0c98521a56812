'use client';

import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { formatFineCompact, formatFineExact } from '@/lib/format/format-fine';
import { formatNumber } from '@/lib/format/format-number';
import type { HistogramBar } from '@/lib/risk/exposure/histogram';
import { DataPanel } from './data-panel';
import { drawShare } from './draw-share';

export interface HistogramPanelProps<Bin extends string> {
  readonly title: string;
  readonly bars: readonly HistogramBar<Bin>[];
  readonly labels: Readonly<Record<Bin, string>>;
  readonly colours: Readonly<Partial<Record<Bin, string>>>;
  readonly note: ReactNode;
  /** A what-if moves the prices it was made at. */
  readonly affected: boolean;
  readonly chosen: Bin | null;
  readonly onChoose: (bin: Bin | null) => void;
}

/** Collateral by bin, lying, so that every bin has its words. A bin filters everything else. */
export function HistogramPanel<Bin extends string>(props: HistogramPanelProps<Bin>) {
  const { title, bars, labels, colours, note, affected, chosen, onChoose } = props;
  const most = bars.reduce((largest, { value }) => (value > largest ? value : largest), 0n);
  return (
    <DataPanel
      title={title}
      {...{ note, affected }}
      head={['', 'Collateral', 'Positions']}
      rows={bars.map(({ bin, value, count }) => [
        { text: labels[bin] },
        { text: formatFineCompact(value, 'down'), exact: formatFineExact(value) },
        { text: formatNumber(count, 0), exact: String(count) },
      ])}
    >
      <ul>
        {bars.map(({ bin, value, count }) => {
          const isUnknown = bin === 'unknown';
          const text =
            isUnknown && count > 0 ? `≥ ${formatFineCompact(value, 'down')}` : formatFineCompact(value, 'down');
          return (
            <li key={bin}>
              <button
                type="button"
                aria-pressed={chosen === bin}
                disabled={count === 0 && chosen !== bin}
                aria-label={`${labels[bin]}: ${text}, ${formatNumber(count, 0)} positions`}
                title={`${formatFineExact(value)}\n${formatNumber(count, 0)} positions`}
                onClick={() => onChoose(chosen === bin ? null : bin)}
                className={classNames(
                  'grid h-6 w-full grid-cols-[5.5rem_1fr_auto_2.75rem] items-center gap-2 rounded-md px-1.5 text-left text-[12px] tabular-nums disabled:cursor-default',
                  chosen === bin ? 'bg-accent-weak' : 'enabled:hover:bg-sunken',
                )}
              >
                <span className="truncate text-muted">{labels[bin]}</span>
                <span className={classNames('h-2 rounded-xs', isUnknown && count > 0 ? 'hatched' : 'bg-sunken')}>
                  <span
                    className="block h-full rounded-xs"
                    style={{ width: `${drawShare(value, most)}%`, background: colours[bin] ?? 'var(--safe)' }}
                  />
                </span>
                <span className={classNames('num min-w-14', affected && count > 0 && 'whatif')}>
                  {count === 0 ? '' : text}
                </span>
                <span className={classNames('num text-faint', affected && 'whatif')}>{formatNumber(count, 0)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </DataPanel>
  );
}
