import type { AssetFamily } from '@/lib/domain/asset-family';
import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import { BPS } from '@/lib/units/fixed';
import { multiplyRational, rational } from '@/lib/units/rational';

/** From one fall of a curve to the next, basis points. */
export const STEP_BPS = 500;
const LAST_BPS = 9_000;

/** The falls at which a curve is computed, basis points: 0, 5 %, 10 % … 90 %. */
export const FALLS_BPS: readonly number[] = Array.from(
  { length: LAST_BPS / STEP_BPS + 1 },
  (_, index) => index * STEP_BPS,
);

/** What falls: everything but what is meant to be worth a dollar, or one family of assets by its key ("eth", with staked ether). */
export type Falling = 'all' | (string & {});

/** Whether a family is part of the fall. A dollar stablecoin falls only where it is named itself. */
export const isFalling = ({ key, stable }: AssetFamily, falling: Falling): boolean =>
  falling === 'all' ? !stable : key === falling;

/**
 * Prices after a fall, exact: price · (1 − fall) of each asset that falls, the others as they are. A fall of 2,000 bps takes 3,000 to 2,400.
 */
export function applyFall(prices: PriceBook, fallBps: number, falls: (asset: AssetKey) => boolean): PriceBook {
  if (fallBps === 0) return prices;
  const factor = rational(BPS - BigInt(fallBps), BPS);
  return new Map([...prices].map(([asset, price]) => [asset, falls(asset) ? multiplyRational(price, factor) : price]));
}

export type PricesAt = (prices: PriceBook, index: number) => PriceBook;

/** Prices at each fall of `FALLS_BPS` by its index, made once for all positions that share a price book. */
export function createFallingPrices(falls: (asset: AssetKey) => boolean): PricesAt {
  const made = new Map<PriceBook, PriceBook[]>();
  return (prices, index) => {
    const row = made.get(prices) ?? [];
    made.set(prices, row);
    const fallen = row[index] ?? applyFall(prices, FALLS_BPS[index] ?? 0, falls);
    row[index] = fallen;
    return fallen;
  };
}
