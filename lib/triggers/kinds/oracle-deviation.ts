import * as z from 'zod/mini';
import { known } from '@/lib/domain/known';
import { computeDeviation } from '../measure/compute-deviation';
import { measureWorst, type Reading } from '../measure/measure-worst';
import { selectAssets } from '../measure/select-assets';
import { anyAsset, assetField, nameAssetOf } from '../params';
import { ALL_SCOPES } from '../scopes';
import type { SubjectAsset } from '../subject';
import type { TriggerKind } from '../trigger-kind';

const params = z.strictObject({ asset: anyAsset });

function readDeviation({ oracle, market }: SubjectAsset): Reading {
  if (!oracle.price.known) return oracle.price;
  if (!market.price.known) return market.price;
  return known({ value: computeDeviation(market.price.value, oracle.price.value) });
}

/** |market / oracle − 1|. */
export const oracleDeviation: TriggerKind<z.infer<typeof params>> = {
  id: 'oracle-deviation',
  title: 'Gap between oracle and market',
  explanation: 'How far the market’s price is off the oracle’s, either way.',
  unit: 'share',
  sides: { above: { least: '0.0001', most: '100', suggested: '0.02' } },
  grain: 'asset',
  scopes: ALL_SCOPES,
  params,
  fields: [assetField(false)],
  touchedBy: ['oracle', 'market', 'time'],
  measure: (subject, { asset }, context) => {
    const { assets, unseen } = selectAssets(subject, asset);
    return measureWorst(assets, readDeviation, unseen, context);
  },
  figure: ({ asset }, names) => `the gap between market and oracle of ${nameAssetOf(asset, names)}`,
};
