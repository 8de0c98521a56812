/** One point of a line. `y` is null where there is no figure: the line breaks. Floats are for drawing; the texts carry the exact figures. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number | null;
  /** In full, for the table and the export. */
  readonly xText: string;
  readonly yText: string;
  /** For the line above the chart, where `xText` is too long for it; says what it is itself. */
  readonly xShort?: string;
}

/** A level that means something, drawn across the chart and labelled at its end. */
export interface ChartThreshold {
  readonly y: number;
  readonly label: string;
  readonly colour: string;
}

/** A point that means something: today's, the market's, where it liquidates. */
export interface ChartMark {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly shape: 'ring' | 'diamond' | 'cross';
  readonly colour: string;
}

export interface ChartRange {
  readonly low: number;
  readonly high: number;
}

/** Everything a line chart draws. Colours are CSS values, tokens as a rule. */
export interface ChartSpec {
  /** Charts of one page with the same key have the same x; their crosshairs meet there. Others meet at the same y. */
  readonly xKey: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** By rising x. */
  readonly points: readonly ChartPoint[];
  readonly lineLabel: string;
  readonly colour: string;
  readonly xRange: ChartRange;
  readonly yRange: ChartRange;
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
  readonly thresholds: readonly ChartThreshold[];
  readonly marks: readonly ChartMark[];
  /** Tinted from the bottom up to this y, with a word in it. */
  readonly zone?: { readonly below: number; readonly label: string; readonly colour: string; readonly fill: string };
  /** Drawn on the axis where there should be figures and are none. */
  readonly gaps?: readonly number[];
}

const NICE = [1, 2, 2.5, 5, 10] as const;

/**
 * Round values within a range, about `count` of them, for an axis. `computeTicks({ low: 0, high: 10 }, 5)` is 0, 2, 4, 6, 8, 10.
 * A range without width has one tick.
 */
export function computeTicks({ low, high }: ChartRange, count: number): readonly number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (NICE.find((nice) => nice * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    // Without rounding, steps of 0.1 would drift.
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Index of the point whose x is nearest; `undefined` without points. Points rise in x. */
export function findNearest(points: readonly ChartPoint[], x: number): number | undefined {
  let nearest: number | undefined;
  let smallest = Number.POSITIVE_INFINITY;
  points.forEach((point, index) => {
    const distance = Math.abs(point.x - x);
    if (distance < smallest) {
      smallest = distance;
      nearest = index;
    }
  });
  return nearest;
}

/** A range narrowed (factor below 1) or widened around a centre, kept within the whole. */
export function computeZoom(
  range: ChartRange,
  whole: ChartRange,
  centre: number,
  factor: number,
): ChartRange | undefined {
  const low = Math.max(whole.low, centre - (centre - range.low) * factor);
  const high = Math.min(whole.high, centre + (range.high - centre) * factor);
  return low <= whole.low && high >= whole.high ? undefined : { low, high };
}

/**
 * Pushes labels apart so that none overlaps the next: positions in pixels, `gap` the least distance, kept within `low` to `high` as far as
 * they fit. The order of the result is that of the input.
 */
export function spreadLabels(positions: readonly number[], gap: number, { low, high }: ChartRange): readonly number[] {
  const order = positions.map((position, index) => ({ position, index })).sort((a, b) => a.position - b.position);
  const placed = order.map(({ position }) => position);
  for (let i = 0; i < placed.length; i += 1) {
    const floor = i === 0 ? low : (placed[i - 1] ?? low) + gap;
    placed[i] = Math.max(placed[i] ?? floor, floor);
  }
  for (let i = placed.length - 1; i >= 0; i -= 1) {
    const ceiling = i === placed.length - 1 ? high : (placed[i + 1] ?? high) - gap;
    placed[i] = Math.min(placed[i] ?? ceiling, ceiling);
  }
  const result = [...positions];
  order.forEach(({ index }, rank) => {
    result[index] = placed[rank] ?? 0;
  });
  return result;
}

const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The chart's figures as CSV: the two labels as the head, exact texts as the cells. */
export function formatChartCsv(spec: Pick<ChartSpec, 'xLabel' | 'yLabel' | 'points'>): string {
  const rows = [[spec.xLabel, spec.yLabel], ...spec.points.map(({ xText, yText }) => [xText, yText])];
  return `${rows.map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`;
}
