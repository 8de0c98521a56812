import type { ChartHandle, ChartMark, ChartSpec } from '@/components/charts/chart-spec';
import type { FrontierView } from '@/lib/book/frontier-view';
import type { PriceFigure } from '@/lib/book/position-row';
import type { ProbePrices } from '@/lib/book/probe';
import { formatExact, type Rounding } from '@/lib/format/format-fixed';
import { formatNumber } from '@/lib/format/format-number';
import { formatPrice } from '@/lib/format/format-price';
import { formatDecimal, toNumber } from '@/lib/units/decimal';
import { rationalToNumber } from '@/lib/units/rational';

const THOUSAND = 1_000;

/** A price on an axis: short, with the digits that its range needs. */
function formatTick(price: number, span: number): string {
  if (price >= 10 * THOUSAND) return `$${formatNumber(price / THOUSAND, span < 5 * THOUSAND ? 1 : 0)}k`;
  return `$${formatNumber(price, span >= 10 ? 0 : span >= 1 ? 1 : span >= 0.1 ? 2 : 4)}`;
}

const toFloat = (answer: bigint, { price }: PriceFigure): number => toNumber(answer, price.decimals);

/** Where the two prices stand, a probe's in the place of the row's. */
export const standAt = ({ asset, answer }: PriceFigure, probe: ProbePrices): bigint | undefined =>
  probe.get(asset.id) ?? answer;

/** What the row's own prices are to be called: today's, or a what-if's. */
export const nameStand = (affected: boolean): string => (affected ? 'under the what-if' : 'today');

export interface FrontierSpecOptions {
  readonly probe: ProbePrices;
  /** A what-if moved a price of the position: its point is not today's. */
  readonly affected: boolean;
  readonly onMove: (x: number, y: number) => void;
}

/** How a point's two prices are rounded: the one at which the position turns toward the safe side, the other to the nearest. */
function roundPoint({ frontier }: FrontierView): { readonly x: Rounding; readonly y: Rounding } {
  switch (frontier.exists ? frontier.liquidatableSide : undefined) {
    case 'below':
      return { x: 'half', y: 'up' };
    case 'above':
      return { x: 'half', y: 'down' };
    case 'left':
      return { x: 'up', y: 'half' };
    case 'right':
      return { x: 'down', y: 'half' };
    case undefined:
      return { x: 'half', y: 'half' };
  }
}

/** How a frontier is drawn: the line by rising price of x, what lies beyond it tinted, the row's own point (today's, or the what-if's), and the one that is moved. */
export function toFrontierSpec(view: FrontierView, { probe, affected, onMove }: FrontierSpecOptions): ChartSpec {
  const { x, y, frame, frontier, points } = view;
  const rounding = roundPoint(view);
  const xRange = { low: toFloat(frame.x.low, x), high: toFloat(frame.x.high, x) };
  const yRange = { low: toFloat(frame.y.low, y), high: toFloat(frame.y.high, y) };
  const [probeX, probeY] = [standAt(x, probe), standAt(y, probe)];
  const hasMoved = probe.has(x.asset.id) || probe.has(y.asset.id);
  const marks: ChartMark[] =
    x.answer !== undefined && y.answer !== undefined
      ? [
          {
            x: toFloat(x.answer, x),
            y: toFloat(y.answer, y),
            // Where the other point has not been moved it covers this one, and says so itself.
            label: hasMoved ? nameStand(affected) : '',
            shape: 'ring',
            colour: 'var(--accent)',
          },
        ]
      : [];
  const handle: ChartHandle | undefined =
    probeX !== undefined && probeY !== undefined
      ? {
          x: toFloat(probeX, x),
          y: toFloat(probeY, y),
          label: hasMoved
            ? `${x.asset.symbol} ${formatPrice(probeX, x.price.decimals)}`
            : `${nameStand(affected)}: drag me`,
          colour: 'var(--text)',
          onMove,
        }
      : undefined;
  return {
    xKey: `price ${x.asset.id}`,
    xLabel: x.asset.symbol,
    yLabel: y.asset.symbol,
    csvHead: [`${x.asset.symbol} price (USD)`, `${y.asset.symbol} price at which it turns (USD)`],
    lineLabel: `${y.asset.symbol} price at which the position turns, by the price of ${x.asset.symbol}`,
    colour: 'var(--liquidatable)',
    points: points.map((point) => ({
      x: toFloat(point.x, x),
      y: toFloat(point.y, y),
      xText: `$${formatExact(point.x, x.price.decimals)}`,
      xRow: formatPrice(point.x, x.price.decimals, rounding.x),
      yText: formatPrice(point.y, y.price.decimals, rounding.y),
      yExact: formatExact(point.y, y.price.decimals),
      csv: [formatDecimal(point.x, x.price.decimals), formatDecimal(point.y, y.price.decimals)],
    })),
    xRange,
    yRange,
    formatX: (price) => formatTick(price, xRange.high - xRange.low),
    formatY: (price) => formatTick(price, yRange.high - yRange.low),
    thresholds: [],
    marks,
    area: {
      points: frontier.liquidatableArea.map((corner) => ({
        x: rationalToNumber(corner.x),
        y: rationalToNumber(corner.y),
      })),
      label: 'liquidatable',
      colour: 'var(--liquidatable)',
      fill: 'var(--liquidatable-bg)',
    },
    ...(handle ? { handle } : {}),
  };
}
