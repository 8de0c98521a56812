import type { ChartMark, ChartPoint, ChartRange, ChartSpec } from '@/components/charts/chart-spec';
import { formatDuration } from '@/lib/format/format-duration';
import { formatNumber } from '@/lib/format/format-number';
import { formatUtcTime } from '@/lib/format/format-time';
import { formatLevel, formatMeasured } from '@/lib/triggers/format-level';
import { findTriggerKind } from '@/lib/triggers/registry';
import type { TriggerCondition } from '@/lib/triggers/trigger';
import type { LevelUnit } from '@/lib/triggers/trigger-kind';
import { formatRational } from '@/lib/units/format-rational';
import { type Rational, rationalToNumber } from '@/lib/units/rational';
import type { Preview } from '@/lib/workers/preview/preview-protocol';

/** What is drawn against time: what the first condition measures, or the market's price behind it. */
export type PreviewLine = 'figure' | 'price';

export interface PreviewSpecOptions {
  readonly line: PreviewLine;
  readonly condition: TriggerCondition;
  readonly zoom: ChartRange | undefined;
}

const MS = 1_000;
const DAY_SECONDS = 86_400;
const PERCENT = 100;
const MARGIN = 0.08;
/** More marks of one sort would hide the line; the table has them all. */
const MOST_MARKS = 6;

/** A figure as it stands on the axis: percent where it is read so. */
const toAxis = (value: Rational, unit: LevelUnit): number =>
  rationalToNumber(value) * (unit === 'share' || unit === 'change' || unit === 'rate' ? PERCENT : 1);

function formatAxis(value: number, unit: LevelUnit, span: number): string {
  switch (unit) {
    case 'price':
    case 'value':
      return `$${formatNumber(value, span >= 10 ? 0 : span >= 1 ? 1 : 3)}`;
    case 'duration':
      return formatDuration(value);
    case 'ratio':
      return formatNumber(value, span >= 3 ? 1 : span < 0.05 ? 3 : 2);
    default:
      return `${formatNumber(value, span >= 10 ? 0 : 2)} %`;
  }
}

function formatMoment(seconds: number, span: number): string {
  const moment = new Date(seconds * MS);
  return span > 2 * DAY_SECONDS
    ? moment.toLocaleDateString(undefined, { month: 'short', day: 'numeric' })
    : moment.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** What is written beside a moment in the table and the export. */
function nameEvents({ drawn }: Preview): ReadonlyMap<number, string> {
  const events = new Map(drawn.firings.map((atMs) => [atMs, 'fires']));
  for (const { atMs, warnedAtMs } of drawn.liquidations) {
    const before = events.get(atMs);
    const words = warnedAtMs === null ? 'liquidatable, not warned of' : 'liquidatable';
    events.set(atMs, before ? `${before}, ${words}` : words);
  }
  return events;
}

function listMarks({ drawn }: Preview, heightAt: (atMs: number) => number | null): readonly ChartMark[] {
  const toMarks = (times: readonly number[], word: string, look: Pick<ChartMark, 'shape' | 'colour'>): ChartMark[] =>
    times.slice(0, MOST_MARKS).flatMap((atMs, index) => {
      const y = heightAt(atMs);
      return y === null ? [] : [{ x: atMs / MS, y, label: `${word} ${index + 1}`, ...look }];
    });
  return [
    ...toMarks(
      drawn.liquidations.map(({ atMs }) => atMs),
      'liquidated',
      { shape: 'cross', colour: 'var(--liquidatable)' },
    ),
    ...toMarks(drawn.firings, 'fires', { shape: 'diamond', colour: 'var(--accent)' }),
  ];
}

/**
 * How one run of a preview is drawn against time: the figure with the level as a labelled line, or the price; where it fires and where something is
 * liquidated as marks. `undefined` where nothing of it has a figure.
 */
export function toPreviewSpec(preview: Preview, { line, condition, zoom }: PreviewSpecOptions): ChartSpec | undefined {
  const { drawn } = preview;
  const kind = findTriggerKind(condition.kind);
  if (!kind) return undefined;
  const unit = line === 'figure' ? kind.unit : 'price';
  const events = nameEvents(preview);
  const points = drawn.points.map((point): ChartPoint => {
    const value = point[line];
    const exact = value ? formatRational(value, condition.side === 'below' ? 'down' : 'up') : '';
    const time = formatUtcTime(point.atMs);
    const event = events.get(point.atMs);
    const text = value ? formatMeasured(value, unit, condition.side) : 'none';
    return {
      x: point.atMs / MS,
      y: value ? toAxis(value, unit) : null,
      xText: event ? `${time}, ${event}` : time,
      yText: text,
      ...(value ? { yExact: exact } : {}),
      csv: [new Date(point.atMs).toISOString(), exact, event ?? ''],
    };
  });
  const [first, last] = [points[0], points.at(-1)];
  const heights = points.flatMap(({ y }) => (y === null ? [] : [y]));
  if (!first || !last || heights.length === 0) return undefined;
  const level = line === 'figure' ? Number(condition.level) * toAxisFactor(unit) : undefined;
  const all = level === undefined ? heights : [...heights, level];
  const [lowest, highest] = [Math.min(...all), Math.max(...all)];
  const margin = (highest - lowest || Math.abs(highest) || 1) * MARGIN;
  const xRange = zoom ?? { low: first.x, high: last.x };
  const byTime = new Map(points.map(({ x, y }) => [x, y]));
  const yLabel = line === 'figure' ? kind.title : `Price of ${drawn.asset?.name ?? ''}`;
  return {
    xKey: 'preview time',
    xLabel: 'Time',
    yLabel,
    csvHead: ['Time (UTC)', yLabel, 'What happens'],
    lineLabel: `${yLabel} against time`,
    colour: 'var(--text)',
    points,
    xRange,
    yRange: { low: lowest - margin, high: highest + margin },
    formatX: (seconds) => formatMoment(seconds, xRange.high - xRange.low),
    formatY: (value) => formatAxis(value, unit, highest - lowest),
    thresholds:
      level === undefined
        ? []
        : [{ y: level, label: `level ${formatLevel(condition.level, unit)}`, colour: 'var(--warning)' }],
    marks: listMarks(preview, (atMs) => byTime.get(atMs / MS) ?? null),
  };
}

const toAxisFactor = (unit: LevelUnit): number =>
  unit === 'share' || unit === 'change' || unit === 'rate' ? PERCENT : 1;
