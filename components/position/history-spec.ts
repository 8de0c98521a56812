import type { ChartMark, ChartPoint, ChartRange, ChartSpec } from '@/components/charts/chart-spec';
import { formatExact } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatNumber } from '@/lib/format/format-number';
import { formatUtcTime } from '@/lib/format/format-time';
import type { HistoryEntry } from '@/lib/queries/position-history';
import { formatDecimal, toNumber } from '@/lib/units/decimal';
import { HEALTH_THRESHOLDS, LIQUIDATABLE_ZONE } from './curve-spec';

const RATIO_DECIMALS = 18;
const DAY_SECONDS = 86_400;
const MARGIN = 0.06;

interface Level {
  readonly y: number | null;
  readonly text: string;
  readonly exact?: string;
  /** Health factor and note of the export. */
  readonly csv: readonly [healthFactor: string, note: string];
}

const withoutFigure = (text: string): Level => ({ y: null, text, csv: ['', text] });

function toLevel(entry: Extract<HistoryEntry, { state: 'read' | 'absent' }>): Level {
  if (entry.state === 'absent') return withoutFigure('not open');
  const { healthFactor } = entry;
  if (!healthFactor.known) return withoutFigure(`unknown: ${healthFactor.reason.text}`);
  const { value } = healthFactor;
  if (value === null) return withoutFigure('no debt');
  return {
    y: toNumber(value, RATIO_DECIMALS),
    text: formatHealthFactor(value),
    exact: formatExact(value, RATIO_DECIMALS),
    csv: [formatDecimal(value, RATIO_DECIMALS), ''],
  };
}

function formatMoment(seconds: number, span: number): string {
  const moment = new Date(seconds * 1000);
  return span > DAY_SECONDS
    ? moment.toLocaleDateString(undefined, { month: 'short', day: 'numeric' })
    : moment.toLocaleTimeString(undefined, {
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        ...(span < 600 ? { second: '2-digit' as const } : {}),
      });
}

/** A moment in the reader's zone, short: the table and the export have it in full, in UTC. */
const formatShort = (seconds: number): string =>
  new Date(seconds * 1000).toLocaleString(undefined, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });

const formatIsoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '');
const formatBlock = (block: bigint): string => `block ${formatNumber(Number(block), 0)}`;

/**
 * How a history is drawn, against the chain's own time; `undefined` while fewer than two samples have a place on that axis or none has a
 * health factor. Nothing is drawn across a block that was not read: blocks whose state is gone, or that are still being read, break the line
 * between the samples beside them, and those that are gone are marked on the axis.
 */
export function toHistorySpec(entries: readonly HistoryEntry[], zoom: ChartRange | undefined): ChartSpec | undefined {
  const placed = entries.filter((entry) => entry.state === 'read' || entry.state === 'absent');
  const levels = placed.map((entry) => ({ entry, ...toLevel(entry) }));
  const first = placed[0];
  const last = placed.at(-1);
  if (!first || !last || first === last || levels.every(({ y }) => y === null)) return undefined;
  const toTime = (block: bigint): number => {
    // A block that was not read has no time of its own: it lies between its neighbours by its number.
    const before = placed.findLast((entry) => entry.block < block) ?? first;
    const after = placed.find((entry) => entry.block > block) ?? last;
    const share = Number(block - before.block) / Number(after.block - before.block);
    return before.timestampSeconds + share * (after.timestampSeconds - before.timestampSeconds);
  };
  // Those before the first or after the last sample have no neighbours to lie between; the panel's note counts them.
  const unread = entries.filter(
    ({ state, block }) => (state === 'gap' || state === 'reading') && block > first.block && block < last.block,
  );
  const gaps = unread.filter(({ state }) => state === 'gap').map(({ block }) => toTime(block));
  const points: ChartPoint[] = levels.map(({ entry, y, text, exact, csv }) => ({
    x: entry.timestampSeconds,
    y,
    xText: `${formatUtcTime(entry.timestampSeconds * 1000)}, ${formatBlock(entry.block)}`,
    yText: text,
    xShort: `${formatBlock(entry.block)}, ${formatShort(entry.timestampSeconds)}`,
    ...(exact === undefined ? {} : { yExact: exact }),
    csv: [formatIsoTime(entry.timestampSeconds), entry.block.toString(), ...csv],
  }));
  for (const { state, block } of unread) {
    const text = state === 'gap' ? 'not told by the node' : 'not read yet';
    // Its time is not known, only its place between the others: none is written down.
    points.push({
      x: toTime(block),
      y: null,
      xText: formatBlock(block),
      yText: text,
      xShort: formatBlock(block),
      csv: ['', block.toString(), '', text],
    });
  }
  points.sort((a, b) => a.x - b.x);

  const whole = { low: first.timestampSeconds, high: last.timestampSeconds };
  const xRange = zoom ?? whole;
  const visible = points.filter(({ x }) => x >= xRange.low && x <= xRange.high);
  const heights = visible.flatMap(({ y }) => (y === null ? [] : [y]));
  const lowest = Math.min(...heights, 1);
  const highest = Math.max(...heights, 1.1);
  const margin = (highest - lowest) * MARGIN;
  const latest = levels.findLast(({ y }) => y !== null);
  const marks: ChartMark[] =
    latest && latest.y !== null
      ? [
          {
            x: latest.entry.timestampSeconds,
            y: latest.y,
            label: `last ${latest.text}`,
            shape: 'ring',
            colour: 'var(--accent)',
          },
        ]
      : [];
  return {
    xKey: 'chain time',
    xLabel: 'Chain time',
    yLabel: 'Health factor',
    csvHead: ['Chain time (UTC)', 'Block', 'Health factor', 'Note'],
    lineLabel: 'Health factor at the oracle prices of past blocks',
    colour: 'var(--text)',
    points,
    xRange,
    yRange: { low: Math.max(0, lowest - margin), high: highest + margin },
    formatX: (seconds) => formatMoment(seconds, xRange.high - xRange.low),
    formatY: (level) => formatNumber(level, highest - lowest >= 3 ? 1 : highest - lowest < 0.05 ? 3 : 2),
    thresholds: HEALTH_THRESHOLDS,
    marks,
    zone: LIQUIDATABLE_ZONE,
    gaps,
  };
}

/** The whole range of a history, to which a zoom goes back. */
export function computeHistoryRange(spec: ChartSpec | undefined): ChartRange | undefined {
  const first = spec?.points[0];
  const last = spec?.points.at(-1);
  return first && last ? { low: first.x, high: last.x } : undefined;
}

const countBlocks = (count: number): string => (count === 1 ? 'one block' : `${count} blocks`);

/** How much of a history has been asked for and answered, one way or the other. */
export interface HistoryProgress {
  readonly done: number;
  readonly total: number;
}

/** So many blocks still under way are the newest of a chain that grows: not worth a word with each of them. */
const FEW_READING = 3;

/** How far the reading of a history has come; `undefined` when nothing, or only the newest blocks, is still under way. */
export function computeHistoryProgress(entries: readonly HistoryEntry[]): HistoryProgress | undefined {
  const reading = entries.filter(({ state }) => state === 'reading').length;
  if (reading === 0 || (reading <= FEW_READING && reading < entries.length)) return undefined;
  return { done: entries.length - reading, total: entries.length };
}

const isGone = (entry: HistoryEntry): boolean => entry.state === 'gap' && entry.gone;

/** What is missing from a history, in a sentence; `undefined` when nothing is. */
export function describeGaps(entries: readonly HistoryEntry[]): string | undefined {
  const gone = entries.filter(isGone);
  const failedCount = entries.filter((entry) => entry.state === 'gap' && !entry.gone).length;
  const oldest = entries.find((entry) => entry.state === 'read' || entry.state === 'absent');
  const newestGone = gone.at(-1);
  const parts: string[] = [];
  if (newestGone && oldest && newestGone.block < oldest.block) {
    parts.push(
      `this chain remembers its states back to at least ${formatBlock(oldest.block)} (${formatShort(oldest.timestampSeconds)}): ${countBlocks(gone.length)} before that cannot be drawn`,
    );
  } else if (gone.length > 0) {
    parts.push(`this chain no longer has the states of ${countBlocks(gone.length)} of ${entries.length}`);
  }
  if (failedCount > 0) parts.push(`no answer about ${countBlocks(failedCount)}`);
  return parts.length > 0 ? parts.join('; ') : undefined;
}
