import type { AssetId } from '@/lib/domain/asset';
import type { Rational } from '@/lib/units/rational';
import type { PriceSource } from '../subject';

/** A price from a moment on, until the next one. Base currency per whole token, above 0. */
export interface PricePoint {
  readonly atMs: number;
  readonly price: Rational;
}

/** What is told of one asset's price by its oracle or by the market, by rising time. */
export interface PriceSeries {
  readonly asset: AssetId;
  readonly source: PriceSource;
  readonly points: readonly PricePoint[];
}
