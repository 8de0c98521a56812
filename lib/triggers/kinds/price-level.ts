import * as z from 'zod/mini';
import { measureWorst, toReading } from '../measure/measure-worst';
import { selectAssets } from '../measure/select-assets';
import { anyAsset, assetField, nameAssetOf, priceOf, priceSource, SOURCE_FIELD } from '../params';
import { ALL_SCOPES } from '../scopes';
import type { TriggerKind } from '../trigger-kind';

const params = z.strictObject({ asset: anyAsset, source: priceSource('oracle') });
const BOUNDS = { least: '0.000000000001', most: '1000000000000' };

/** Price of one whole token, base currency. */
export const priceLevel: TriggerKind<z.infer<typeof params>> = {
  id: 'price-level',
  title: 'Price',
  explanation: 'The price of one asset, by the oracle or by the market.',
  unit: 'price',
  sides: { below: BOUNDS, above: BOUNDS },
  grain: 'asset',
  scopes: ALL_SCOPES,
  params,
  fields: [assetField(true), SOURCE_FIELD],
  touchedBy: ['oracle', 'market', 'time'],
  measure: (subject, { asset, source }, context) => {
    const { assets, unseen } = selectAssets(subject, asset);
    return measureWorst(assets, (one) => toReading(priceOf(one, source).price), unseen, context);
  },
  figure: ({ asset, source }, names) => `the ${source} price of ${nameAssetOf(asset, names)}`,
};
