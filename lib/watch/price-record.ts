import { policy } from '@/lib/config/policy';
import type { AssetKey } from '@/lib/domain/book-position';
import type { PriceExtremes, PriceSource } from '@/lib/triggers/subject';
import { compareRational, maxRational, minRational, type Rational } from '@/lib/units/rational';

const { recordStepMs, longestWindowSeconds, recordGapMs } = policy.triggers;

/** Highest and lowest of what was seen within one step of time, or within several in which the price stood still. */
interface Run {
  /** Numbers of its first and last step since the epoch. */
  readonly from: number;
  to: number;
  highest: Rational;
  lowest: Rational;
}

interface Line {
  runs: Run[];
  /** Since when looks have come without a gap. */
  unbrokenSinceMs: number;
  seenAtMs: number;
}

const isStill = ({ highest, lowest }: Run, price: Rational): boolean =>
  compareRational(highest, price) === 0 && compareRational(lowest, price) === 0;

function extend(runs: Run[], at: number, price: Rational): void {
  const last = runs.at(-1);
  if (last && (last.to === at || isStill(last, price))) {
    // A run of several steps has one price, which another one of its last step must not spread over the others.
    if (last.from !== last.to && !isStill(last, price)) {
      last.to = at - 1;
      runs.push({
        from: at,
        to: at,
        highest: maxRational(last.highest, price),
        lowest: minRational(last.lowest, price),
      });
      return;
    }
    last.to = at;
    last.highest = maxRational(last.highest, price);
    last.lowest = minRational(last.lowest, price);
    return;
  }
  runs.push({ from: at, to: at, highest: price, lowest: price });
}

const keyOf = (asset: AssetKey, source: PriceSource): string => `${source} ${asset}`;
const stepOf = (atMs: number): number => Math.floor(atMs / recordStepMs);

/**
 * What prices were over the longest window a trigger may have, in steps of `recordStepMs`, so that its size does not grow with the ticks. A step
 * that reaches out of a window is left out: the extremes are never of more than the window. Times are the caller's, milliseconds; those that go back count as
 * the last one.
 */
export class PriceRecord {
  private readonly lines = new Map<string, Line>();

  /** Takes a price in that was valid when it was seen. Looks must come often: a pause of more than `recordGapMs` is a gap. */
  add(asset: AssetKey, source: PriceSource, price: Rational, atMs: number): void {
    const line = this.lines.get(keyOf(asset, source));
    if (!line) {
      const at = stepOf(atMs);
      const runs = [{ from: at, to: at, highest: price, lowest: price }];
      this.lines.set(keyOf(asset, source), { runs, unbrokenSinceMs: atMs, seenAtMs: atMs });
      return;
    }
    if (atMs - line.seenAtMs > recordGapMs) line.unbrokenSinceMs = atMs;
    line.seenAtMs = Math.max(line.seenAtMs, atMs);
    extend(line.runs, stepOf(line.seenAtMs), price);
    const oldest = stepOf(line.seenAtMs - longestWindowSeconds * 1_000);
    if ((line.runs[0]?.to ?? oldest) < oldest) line.runs = line.runs.filter(({ to }) => to >= oldest);
  }

  /**
   * Extremes over a window that ends at `nowMs`, the price now among them; `undefined` where nothing was recorded. Example: 100, then 120, then
   * 105 within the hour: highest 120, lowest 100.
   */
  computeExtremes(
    asset: AssetKey,
    source: PriceSource,
    windowSeconds: number,
    nowMs: number,
    priceNow: Rational,
  ): PriceExtremes | undefined {
    const line = this.lines.get(keyOf(asset, source));
    if (!line) return undefined;
    const fromMs = nowMs - windowSeconds * 1_000;
    const first = Math.ceil(fromMs / recordStepMs);
    let [highest, lowest] = [priceNow, priceNow];
    for (let index = line.runs.length - 1; index >= 0; index -= 1) {
      const run = line.runs[index];
      if (!run || run.to < first) break;
      highest = maxRational(run.highest, highest);
      lowest = minRational(run.lowest, lowest);
    }
    const isWhole = line.unbrokenSinceMs <= fromMs + recordStepMs && nowMs - line.seenAtMs <= recordGapMs;
    return { highest, lowest, isWhole };
  }
}
