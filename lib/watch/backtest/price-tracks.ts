import type { AssetKey } from '@/lib/domain/book-position';
import type { PricePoint } from '@/lib/triggers/backtest/price-series';
import type { PriceExtremes, PriceSource } from '@/lib/triggers/subject';
import { compareRational, maxRational, minRational, type Rational } from '@/lib/units/rational';
import type { World } from '../world';

/** A window that moves over a track: indexes of what may become its highest or lowest, each list falling or rising in price. */
interface Cursor {
  /** The first point that it has not taken in. */
  next: number;
  nowMs: number;
  readonly highest: number[];
  readonly lowest: number[];
}

const newCursor = (): Cursor => ({ next: 0, nowMs: Number.NEGATIVE_INFINITY, highest: [], lowest: [] });

/** One price over a whole series. */
class Track {
  readonly points: PricePoint[] = [];
  private readonly cursors = new Map<number, Cursor>();

  computeExtremes(windowSeconds: number, nowMs: number, priceNow: Rational): PriceExtremes | undefined {
    const [first] = this.points;
    if (!first) return undefined;
    const fromMs = nowMs - windowSeconds * 1_000;
    const cursor = this.moveTo(windowSeconds, fromMs, nowMs);
    const at = (index: number | undefined): Rational => this.points[index ?? -1]?.price ?? priceNow;
    return {
      highest: maxRational(at(cursor.highest[0]), priceNow),
      lowest: minRational(at(cursor.lowest[0]), priceNow),
      isWhole: first.atMs <= fromMs,
    };
  }

  /** Each point enters and leaves once while time rises; a look back begins anew. */
  private moveTo(windowSeconds: number, fromMs: number, nowMs: number): Cursor {
    const before = this.cursors.get(windowSeconds);
    const cursor = before && before.nowMs <= nowMs ? before : newCursor();
    this.cursors.set(windowSeconds, cursor);
    cursor.nowMs = nowMs;
    for (let point = this.points[cursor.next]; point && point.atMs <= nowMs; point = this.points[cursor.next]) {
      this.enter(cursor.highest, point.price, 1);
      this.enter(cursor.lowest, point.price, -1);
      cursor.highest.push(cursor.next);
      cursor.lowest.push(cursor.next);
      cursor.next += 1;
    }
    for (const list of [cursor.highest, cursor.lowest]) {
      while ((this.points[list[0] ?? -1]?.atMs ?? fromMs) < fromMs) list.shift();
    }
    return cursor;
  }

  /** Drops what can no longer be the highest (sign 1) or lowest (−1) once this price is there. */
  private enter(list: number[], price: Rational, sign: 1 | -1): void {
    for (let last = this.points[list.at(-1) ?? -1]; last; last = this.points[list.at(-1) ?? -1]) {
      if (compareRational(price, last.price) !== sign && compareRational(price, last.price) !== 0) return;
      list.pop();
    }
  }
}

/**
 * The prices of a whole series, of which any moment may be asked: a window's extremes are of the points within it, both ends among them, as they
 * were told; it is whole once the series reaches back over all of it.
 */
export class PriceTracks {
  private readonly tracks = new Map<string, Track>();

  /** Takes a price in. Times rise. */
  add(asset: AssetKey, source: PriceSource, point: PricePoint): void {
    const key = `${source} ${asset}`;
    const track = this.tracks.get(key) ?? new Track();
    this.tracks.set(key, track);
    track.points.push(point);
  }

  computeExtremes: World['prices']['computeExtremes'] = (asset, source, windowSeconds, nowMs, priceNow) =>
    this.tracks.get(`${source} ${asset}`)?.computeExtremes(windowSeconds, nowMs, priceNow);
}
