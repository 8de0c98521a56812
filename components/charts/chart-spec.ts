/** One point of a line. `y` is null where there is no figure: the line breaks. Floats are for drawing; the texts carry the exact figures. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number | null;
  /** In full: the crosshair's, and what a hover or a copy of the table gives. */
  readonly xText: string;
  readonly yText: string;
  /** For the line above the chart, where `xText` is too long for it; says what it is itself. */
  readonly xShort?: string;
  /** For the table, where `xText` has more digits than are read. */
  readonly xRow?: string;
  /** `yText` to its last unit, for hover and copy. */
  readonly yExact?: string;
  /** Its line of the export, a cell for each of the chart's `csvHead`: plain numbers, a point for decimals, nothing between thousands. */
  readonly csv: readonly string[];
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
  /** Heads of the export, with their units. */
  readonly csvHead: readonly string[];
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
  /** A convex polygon that means something, tinted, with its word in it. */
  readonly area?: {
    readonly points: readonly { readonly x: number; readonly y: number }[];
    readonly label: string;
    readonly colour: string;
    readonly fill: string;
  };
  /** A mark that is moved by dragging it; whoever gives it offers the same by keyboard beside the chart. */
  readonly handle?: ChartHandle;
}

export interface ChartHandle {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly colour: string;
  readonly onMove: (x: number, y: number) => void;
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

/** A place on the screen, y growing downwards. */
export interface PixelPoint {
  readonly x: number;
  readonly y: number;
}

export interface LabelPlace {
  /** Pixels the label covers, left to right. */
  readonly from: number;
  readonly to: number;
  /** Height its middle would stand at. */
  readonly wanted: number;
}

/** How far a label's middle keeps from a line. */
const CLEAR_PX = 11;

/**
 * Height for a label that a line would strike: just above the line where it passes under the label, or just below it where there is no room
 * above; where it stands clear already, as wanted. `line` is by rising x; a piece of it that only crosses the label's edge counts at that edge.
 *
 * Example: a line at height 50 across the label moves one that wants 48 up to 39.
 */
export function clearOfLine(line: readonly PixelPoint[], { from, to, wanted }: LabelPlace, plot: ChartRange): number {
  const heights: number[] = [];
  line.forEach((point, index) => {
    if (point.x >= from && point.x <= to) heights.push(point.y);
    const next = line[index + 1];
    if (!next || !(next.x > point.x)) return;
    for (const edge of [from, to]) {
      if (edge <= point.x || edge >= next.x) continue;
      heights.push(point.y + ((next.y - point.y) * (edge - point.x)) / (next.x - point.x));
    }
  });
  if (heights.length === 0) return wanted;
  const [highest, lowest] = [Math.min(...heights), Math.max(...heights)];
  if (wanted <= highest - CLEAR_PX || wanted >= lowest + CLEAR_PX) return wanted;
  const [above, below] = [highest - CLEAR_PX, lowest + CLEAR_PX];
  const preferBelow = Math.abs(below - wanted) < Math.abs(above - wanted);
  if (preferBelow && below <= plot.high) return below;
  if (above >= plot.low) return above;
  return below <= plot.high ? below : wanted;
}

/**
 * Heights for labels that keep clear of the line and of each other, the first first: whoever comes later gives way, up or down as it leans.
 * The order of the result is that of the input.
 */
export function placeLabels(
  line: readonly PixelPoint[],
  labels: readonly LabelPlace[],
  gap: number,
  plot: ChartRange,
): readonly number[] {
  const placed: (LabelPlace & { readonly y: number })[] = [];
  for (const label of labels) {
    let y = clearOfLine(line, label, plot);
    const struck = (at: number) =>
      placed.find((other) => other.from < label.to && label.from < other.to && Math.abs(other.y - at) < gap);
    const lean = y >= (struck(y)?.y ?? y) ? 1 : -1;
    for (const step of [lean, -lean]) {
      let at = y;
      for (let hit = struck(at); hit; hit = struck(at)) at = hit.y + step * gap;
      if (at < plot.low || at > plot.high) continue;
      y = at;
      break;
    }
    placed.push({ ...label, y });
  }
  return placed.map(({ y }) => y);
}

/**
 * Left edge for a word of `width` between `low` and `high` that no vertical line crosses: at the right end, at the left end, else in the widest
 * room between two lines. `undefined` where it fits nowhere.
 */
export function placeBetween(lines: readonly number[], width: number, { low, high }: ChartRange): number | undefined {
  const inside = lines.filter((x) => x > low && x < high);
  const edges = [low, ...inside.sort((a, b) => a - b), high];
  const rooms = edges.slice(1).map((end, index) => ({ start: edges[index] ?? low, end }));
  const fits = ({ start, end }: (typeof rooms)[number]) => end - start >= width;
  const last = rooms.at(-1);
  if (last && fits(last)) return last.end - width;
  const first = rooms[0];
  if (first && fits(first)) return first.start;
  const widest = rooms.reduce((best, room) => (room.end - room.start > best.end - best.start ? room : best), {
    start: 0,
    end: 0,
  });
  return fits(widest) ? (widest.start + widest.end - width) / 2 : undefined;
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

/** The chart's figures as CSV, to the last unit. RFC 4180, with a head line. */
export function formatChartCsv({ csvHead, points }: Pick<ChartSpec, 'csvHead' | 'points'>): string {
  const rows = [csvHead, ...points.map(({ csv }) => csv)];
  return `${rows.map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`;
}
