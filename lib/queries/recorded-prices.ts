import { ALERT_PATHS } from '@/lib/alerts/alert-paths';
import { recordedPrices } from '@/lib/alerts/price-series';
import type { AssetId } from '@/lib/domain/asset';
import type { PricePoint, PriceSeries } from '@/lib/triggers/backtest/price-series';
import { PRICE_SOURCES, type PriceSource } from '@/lib/triggers/subject';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { rational } from '@/lib/units/rational';
import { callApi } from './call-api';

interface Span {
  readonly fromMs: number;
  /** Not included. */
  readonly toMs: number;
  readonly signal: AbortSignal;
}

/** "3000.5" is 30005/10; the text was checked by the answer's schema. */
function toPoint({ atMs, price }: { readonly atMs: number; readonly price: string }): PricePoint {
  const [whole = '', fraction = ''] = price.split('.');
  return { atMs, price: rational(BigInt(whole + fraction), powerOfTen(fraction.length)) };
}

async function readSeries(asset: AssetId, source: PriceSource, { fromMs, toMs, signal }: Span): Promise<PriceSeries> {
  const points: PricePoint[] = [];
  for (let next: number | null = fromMs; next !== null; ) {
    const search = new URLSearchParams({ asset, source, from: String(next), to: String(toMs) });
    const path = `${ALERT_PATHS.prices}?${search}`;
    const page: {
      readonly points: readonly { readonly atMs: number; readonly price: string }[];
      readonly nextFromMs: number | null;
    } = await callApi({ method: 'GET', path, answer: recordedPrices, signal });
    points.push(...page.points.map(toPoint).filter(({ price }) => price.numerator > 0n));
    next = page.nextFromMs;
  }
  return { asset, source, points };
}

/**
 * What the server has recorded of some assets' prices, by oracle and by market, oldest first; of those without a record an empty series.
 *
 * Errors: as of `callApi`.
 */
export const readRecordedPrices = (assets: readonly AssetId[], span: Span): Promise<readonly PriceSeries[]> =>
  Promise.all(assets.flatMap((asset) => PRICE_SOURCES.map((source) => readSeries(asset, source, span))));
