import * as z from 'zod/mini';
import { known, unknown } from '@/lib/domain/known';
import { computeDeviation } from '../measure/compute-deviation';
import { measureWorst, type Reading } from '../measure/measure-worst';
import { selectAssets } from '../measure/select-assets';
import { anyAsset, assetField, nameAssetOf, priceOf, priceSource, SOURCE_FIELD } from '../params';
import { ALL_SCOPES } from '../scopes';
import type { PriceSource, SubjectAsset } from '../subject';
import type { TriggerKind } from '../trigger-kind';

const params = z.strictObject({ asset: anyAsset, source: priceSource('market') });

function readDeviation(asset: SubjectAsset, source: PriceSource, isNamed: boolean): Reading {
  const { pegTarget } = asset;
  // Asked for by its name it would never fire, and look armed for ever.
  if (pegTarget === null && isNamed) return unknown('asset-unknown', `No peg of ${asset.name} is known.`);
  if (pegTarget === null) return known(null);
  const { price } = priceOf(asset, source);
  return price.known ? known({ value: computeDeviation(price.value, pegTarget) }) : price;
}

/** |price / peg − 1| of what is meant to hold a price; of other assets there is none, and one that is named is unknown. */
export const pegDeviation: TriggerKind<z.infer<typeof params>> = {
  id: 'peg-deviation',
  title: 'Gap to the peg',
  explanation: 'How far a stablecoin’s price is off what it is meant to be worth, either way.',
  unit: 'share',
  sides: { above: { least: '0.0001', most: '10', suggested: '0.01' } },
  grain: 'asset',
  scopes: ALL_SCOPES,
  params,
  fields: [assetField(false), SOURCE_FIELD],
  touchedBy: ['oracle', 'market', 'time'],
  measure: (subject, { asset, source }, context) => {
    const { assets, unseen } = selectAssets(subject, asset);
    return measureWorst(assets, (one) => readDeviation(one, source, asset !== undefined), unseen, context);
  },
  figure: ({ asset, source }, names) => `the gap of the ${source} price of ${nameAssetOf(asset, names)} to its peg`,
};
