'use client';

import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { formatFineCompact, formatFineExact } from '@/lib/format/format-fine';
import { formatNumber } from '@/lib/format/format-number';
import type { HistogramBar } from '@/lib/risk/exposure/histogram';
import { DataPanel } from './data-panel';
import { countPositions } from './describe-coverage';
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

/** Of positions that are unknown what has a price counts: at least so much. */
const atLeast = (bin: string, count: number): string => (bin === 'unknown' && count > 0 ? '≥ ' : '');
/** What is liquidatable is lost at the most, as on the curve at no fall; all else is held at the least. */
const textOf = (bin: string, value: bigint, count: number): string =>
  `${atLeast(bin, count)}${formatFineCompact(value, bin === 'liquidatable' ? 'up' : 'down')}`;
const exactOf = (bin: string, value: bigint, count: number): string =>
  `${atLeast(bin, count)}${formatFineExact(value)}`;

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
        { text: textOf(bin, value, count), exact: exactOf(bin, value, count) },
        { text: formatNumber(count, 0), exact: String(count) },
      ])}
    >
      <ul>
        {bars.map(({ bin, value, count }) => {
          const isUnknown = bin === 'unknown';
          const text = textOf(bin, value, count);
          return (
            <li key={bin}>
              <button
                type="button"
                aria-pressed={chosen === bin}
                disabled={count === 0 && chosen !== bin}
                aria-label={`${labels[bin]}: ${text}, ${countPositions(count)}`}
                title={`${exactOf(bin, value, count)}\n${countPositions(count)}`}
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
