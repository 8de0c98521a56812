import * as z from 'zod/mini';
import type { AssetKey } from '@/lib/domain/book-position';
import { type Known, known } from '@/lib/domain/known';
import { ZERO } from '@/lib/risk/liquidation/book-values';
import { absoluteRational, divideRational, maxRational, sumRational } from '@/lib/units/rational';
import { type AssetExposure, sumExposures } from '../measure/sum-exposures';
import { anyAsset, assetField } from '../params';
import { POSITION_SCOPES } from '../scopes';
import type { Measure, TriggerKind } from '../trigger-kind';

const params = z.strictObject({ asset: anyAsset });

function computeShare(sums: ReadonlyMap<AssetKey, AssetExposure>, asset: AssetKey | undefined): Measure | null {
  const sizes = [...sums].map(([id, { name, value }]) => ({ of: { id, name }, size: absoluteRational(value) }));
  const total = sumRational(sizes.map(({ size }) => size));
  if (total.numerator === 0n) return null;
  const chosen = asset === undefined ? sizes : sizes.filter(({ of }) => of.id === asset);
  const size = chosen.map((one) => one.size).reduce(maxRational, ZERO);
  const largest = chosen.find((one) => one.size === size);
  return { value: divideRational(size, total), of: largest?.of ?? { id: asset ?? '', name: asset ?? '' } };
}

/** |e| / Σ|e| of the largest asset, or of one, e being what is held less what is owed of it over the subject; null where there is nothing. */
export const concentration: TriggerKind<z.infer<typeof params>> = {
  id: 'concentration',
  title: 'Share of one asset',
  explanation: 'The share of one asset in the net exposures of everything in scope, long and short alike.',
  unit: 'share',
  sides: { above: { least: '0.01', most: '0.9999', suggested: '0.8' } },
  grain: 'scope',
  scopes: POSITION_SCOPES,
  params,
  fields: [assetField(false)],
  touchedBy: ['oracle', 'state'],
  measure: (subject, { asset }): Known<Measure | null> => {
    const sums = sumExposures(subject, undefined);
    return sums.known ? known(computeShare(sums.value, asset)) : sums;
  },
  figure: ({ asset }, { subject, nameAsset }) =>
    `the share of ${asset === undefined ? 'the largest asset' : nameAsset(asset)} in ${subject}`,
};
