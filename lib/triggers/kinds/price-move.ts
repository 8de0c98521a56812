import * as z from 'zod/mini';
import { known, unknown } from '@/lib/domain/known';
import { ONE } from '@/lib/risk/liquidation/book-values';
import { divideRational, subtractRational } from '@/lib/units/rational';
import { formatLevel, formatSpan } from '../format-level';
import { isPast, measureWorst, type Reading } from '../measure/measure-worst';
import { selectAssets } from '../measure/select-assets';
import { anyAsset, assetField, nameAssetOf, priceOf, priceSource, SOURCE_FIELD, windowSeconds } from '../params';
import { ALL_SCOPES } from '../scopes';
import type { SubjectAsset } from '../subject';
import type { MeasureContext, TriggerKind } from '../trigger-kind';

const SUGGESTED_WINDOW_SECONDS = 3_600;
const params = z.strictObject({ asset: anyAsset, source: priceSource('market'), windowSeconds });
type Params = z.infer<typeof params>;

function readMove(asset: SubjectAsset, { source, windowSeconds: window }: Params, context: MeasureContext): Reading {
  const chosen = priceOf(asset, source);
  if (!chosen.price.known) return chosen.price;
  const extremes = chosen.computeExtremes(window);
  if (!extremes.known) return extremes;
  const { highest, lowest, isWhole } = extremes.value;
  const value = subtractRational(divideRational(chosen.price.value, context.side === 'below' ? highest : lowest), ONE);
  // A part of the window shows no larger a move than the whole of it: past the level already it is past it for certain.
  if (isWhole || isPast({ value, of: asset }, context)) return known({ value });
  return unknown('not-read-yet', `The price of ${asset.name} is not recorded over the whole window yet.`);
}

/**
 * Change of a price within a window: from its highest there for a fall, from its lowest for a rise, so that a turn within the window is seen
 * whole. 120 an hour's high and 105 now: −12.5 %, whatever it was an hour ago.
 */
export const priceMove: TriggerKind<Params> = {
  id: 'price-move',
  title: 'Price move',
  explanation: 'How far a price fell from its highest, or rose from its lowest, within a window that ends now.',
  unit: 'change',
  sides: {
    below: { least: '-0.99', most: '-0.0001', suggested: '-0.1' },
    above: { least: '0.0001', most: '100', suggested: '0.1' },
  },
  grain: 'asset',
  scopes: ALL_SCOPES,
  params,
  fields: [
    assetField(false),
    SOURCE_FIELD,
    { key: 'windowSeconds', label: 'Within', input: 'duration', suggestedSeconds: SUGGESTED_WINDOW_SECONDS },
  ],
  touchedBy: ['oracle', 'market', 'time'],
  measure: (subject, chosen, context) => {
    const { assets, unseen } = selectAssets(subject, chosen.asset);
    return measureWorst(assets, (asset) => readMove(asset, chosen, context), unseen, context);
  },
  figure: ({ asset, source, windowSeconds: window }, names) =>
    `the move of the ${source} price of ${nameAssetOf(asset, names)} within ${formatSpan(window)}`,
  phrase: ({ asset, source, windowSeconds: window }, names, { side, level }) => {
    const size = formatLevel(level.replace(/^-/, ''), 'change');
    const verb = side === 'below' ? 'falls' : 'rises';
    return `the ${source} price of ${nameAssetOf(asset, names)} ${verb} by more than ${size} within ${formatSpan(window)}`;
  },
};
