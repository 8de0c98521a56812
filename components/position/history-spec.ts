import type { ChartMark, ChartPoint, ChartRange, ChartSpec } from '@/components/charts/chart-spec';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatNumber } from '@/lib/format/format-number';
import { formatUtcTime } from '@/lib/format/format-time';
import type { HistoryEntry } from '@/lib/queries/position-history';
import { toNumber } from '@/lib/units/decimal';
import { HEALTH_THRESHOLDS, LIQUIDATABLE_ZONE } from './curve-spec';

const RATIO_DECIMALS = 18;
const DAY_SECONDS = 86_400;
const MARGIN = 0.06;

interface Level {
  readonly y: number | null;
  readonly text: string;
}

function toLevel(entry: Extract<HistoryEntry, { state: 'read' | 'absent' }>): Level {
  if (entry.state === 'absent') return { y: null, text: 'not open' };
  const { healthFactor } = entry;
  if (!healthFactor.known) return { y: null, text: `unknown: ${healthFactor.reason.text}` };
  if (healthFactor.value === null) return { y: null, text: 'no debt' };
  return { y: toNumber(healthFactor.value, RATIO_DECIMALS), text: formatHealthFactor(healthFactor.value) };
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

/**
 * How a history is drawn, against the chain's own time; `undefined` while fewer than two samples have a place on that axis or none has a health factor. Blocks whose
 * state is gone break the line and are marked on the axis, between the samples beside them.
 */
export function toHistorySpec(entries: readonly HistoryEntry[], zoom: ChartRange | undefined): ChartSpec | undefined {
  const placed = entries.filter((entry) => entry.state === 'read' || entry.state === 'absent');
  const levels = placed.map((entry) => ({ entry, ...toLevel(entry) }));
  const first = placed[0];
  const last = placed.at(-1);
  if (!first || !last || first === last || levels.every(({ y }) => y === null)) return undefined;
  const toTime = (block: bigint): number => {
    // A gap has no time of its own: it lies between its neighbours by its number.
    const share = Number(block - first.block) / Number(last.block - first.block);
    return first.timestampSeconds + share * (last.timestampSeconds - first.timestampSeconds);
  };
  // Those before the first or after the last sample have no neighbours to lie between; the panel's note counts them.
  const gaps = entries
    .filter(({ state, block }) => state === 'gap' && block > first.block && block < last.block)
    .map(({ block }) => toTime(block));
  const points: ChartPoint[] = levels.map(({ entry, y, text }) => ({
    x: entry.timestampSeconds,
    y,
    xText: `${formatUtcTime(entry.timestampSeconds * 1000)}, block ${formatNumber(Number(entry.block), 0)}`,
    yText: text,
    xShort: `block ${formatNumber(Number(entry.block), 0)}, ${formatShort(entry.timestampSeconds)}`,
  }));
  for (const x of gaps) points.push({ x, y: null, xText: formatUtcTime(x * 1000), yText: 'no longer on this node' });
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

/** What is missing from a history, in a sentence; `undefined` when nothing is. */
export function describeGaps(entries: readonly HistoryEntry[]): string | undefined {
  const gaps = entries.filter((entry) => entry.state === 'gap');
  const gone = gaps.filter((entry) => entry.gone).length;
  const failed = gaps.length - gone;
  const reading = entries.filter(({ state }) => state === 'reading').length;
  const parts = [
    reading > 0 ? `reading ${reading} of ${entries.length} blocks` : undefined,
    gone > 0 ? `the node tells nothing of ${countBlocks(gone)}` : undefined,
    failed > 0 ? `the node did not answer about ${countBlocks(failed)}` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join('; ') : undefined;
}
