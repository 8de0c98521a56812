import type { AssetKey } from '@/lib/domain/book-position';
import type { Known } from '@/lib/domain/known';
import type { Rational } from '@/lib/units/rational';
import type { Subject, SubjectAsset, SubjectMarket } from '../subject';
import type { Measure, MeasureContext } from '../trigger-kind';
import { measureWorst, toReading } from './measure-worst';
import { selectAssets } from './select-assets';

/** A figure of the markets of an asset, or of all assets of a subject that count: the one furthest on the context's side, as `measureWorst`. */
export function measureMarkets(
  subject: Subject,
  asset: AssetKey | undefined,
  counts: (asset: SubjectAsset) => boolean,
  read: (market: SubjectMarket) => Known<Rational | null>,
  context: MeasureContext,
): Known<Measure | null> {
  const { assets, unseen } = selectAssets(subject, asset);
  const markets = assets.filter(counts).flatMap((one) => one.markets);
  return measureWorst(markets, (market) => toReading(read(market)), unseen, context);
}
