import type { ChartMark, ChartSpec } from '@/components/charts/chart-spec';
import type { HealthFactorCurve, HealthFactorPoint } from '@/lib/book/health-factor-curve';
import { policy } from '@/lib/config/policy';
import { formatExact } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatNumber } from '@/lib/format/format-number';
import { formatPrice } from '@/lib/format/format-price';
import { formatDecimal, toNumber } from '@/lib/units/decimal';
import { roundTowardToday } from '@/lib/units/round-toward-today';

const RATIO_DECIMALS = 18;

/** Levels of the health factor that mean something, the venue's own first. */
export const HEALTH_THRESHOLDS = [
  { y: 1, label: 'liquidated 1', colour: 'var(--liquidatable)' },
  { y: toNumber(policy.risk.dangerBelowWad, RATIO_DECIMALS), label: 'danger 1.08', colour: 'var(--danger)' },
  { y: toNumber(policy.risk.warningBelowWad, RATIO_DECIMALS), label: 'warning 1.25', colour: 'var(--warning)' },
] as const;

export const LIQUIDATABLE_ZONE = {
  below: 1,
  label: 'liquidatable',
  colour: 'var(--liquidatable)',
  fill: 'var(--liquidatable-bg)',
} as const;

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });

/** A price on an axis: short, with the digits the range needs. */
function formatTick(price: number, span: number): string {
  if (price >= 10_000) return `$${compact.format(price)}`;
  return `$${formatNumber(price, span >= 10 ? 0 : span >= 1 ? 1 : span >= 0.1 ? 2 : 4)}`;
}

/**
 * How a health factor curve is drawn: floats for the lines, exact texts for the crosshair. The height leaves room for all three
 * thresholds, for the current and for today's point; a curve that shoots up (a debt's price going to nothing) is cut off.
 */
export function toCurveSpec(curve: HealthFactorCurve): ChartSpec {
  const { asset, decimals, points, current, today, market, liquidation, isLiquidatable, range } = curve;
  const toX = (answer: bigint) => toNumber(answer, decimals);
  const toY = (healthFactor: bigint) => toNumber(healthFactor, RATIO_DECIMALS);
  const xRange = { low: toX(range.low), high: toX(range.high) };
  const heights = points.map(({ healthFactor }) => toY(healthFactor));
  const currentY = toY(current.healthFactor);
  const todayY = today ? toY(today.healthFactor) : currentY;
  const top = Math.min(Math.max(...heights, todayY * 1.05, 1.3), Math.max(1.5, currentY * 1.6, todayY * 1.1));
  const bottom = Math.min(...heights, todayY * 0.95, 0.95);
  const markOf = (
    point: HealthFactorPoint,
    words: string,
    shape: ChartMark['shape'],
    colour: string,
    rounding?: 'down' | 'up',
  ): ChartMark => ({
    x: toX(point.answer),
    y: toY(point.healthFactor),
    label: `${words} ${formatPrice(point.answer, decimals, rounding)}`,
    shape,
    colour,
  });
  // Who is past the turning point is not liquidated there but cured beyond it.
  const turnWords = !isLiquidatable ? 'liquidated' : liquidation?.direction === 'above' ? 'cured below' : 'cured above';
  const marks: ChartMark[] = [
    // Under a what-if the figure is not today's, and today's stands beside it.
    markOf(current, today ? 'what-if' : 'today', 'ring', 'var(--accent)'),
    ...(liquidation
      ? [markOf(liquidation, turnWords, 'cross', 'var(--liquidatable)', roundTowardToday(liquidation.direction))]
      : []),
    ...(today ? [markOf(today, 'today', 'ring', 'var(--muted)')] : []),
    // A what-if moves the market with the oracle: its own mark would say nothing more, and there is no room for it.
    ...(market && !today && market.answer !== current.answer
      ? [markOf(market, 'market', 'diamond', 'var(--muted)')]
      : []),
  ];
  return {
    xKey: `price ${asset.id}`,
    xLabel: asset.symbol,
    yLabel: 'Health factor',
    csvHead: [`${asset.symbol} price (USD)`, 'Health factor'],
    lineLabel: `Health factor against the ${asset.symbol} price, other prices held`,
    colour: 'var(--text)',
    points: points.map(({ answer, healthFactor }) => ({
      x: toX(answer),
      y: toY(healthFactor),
      xText: `$${formatExact(answer, decimals)}`,
      xRow: formatPrice(answer, decimals),
      yText: formatHealthFactor(healthFactor),
      yExact: formatExact(healthFactor, RATIO_DECIMALS),
      csv: [formatDecimal(answer, decimals), formatDecimal(healthFactor, RATIO_DECIMALS)],
    })),
    xRange,
    yRange: { low: Math.max(0, bottom), high: top },
    formatX: (price) => formatTick(price, xRange.high - xRange.low),
    formatY: (level) => formatNumber(level, top - bottom >= 3 ? 1 : 2),
    thresholds: HEALTH_THRESHOLDS,
    marks,
    zone: LIQUIDATABLE_ZONE,
  };
}
