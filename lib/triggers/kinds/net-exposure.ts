import * as z from 'zod/mini';
import { mapKnown, unknown } from '@/lib/domain/known';
import { ZERO } from '@/lib/risk/liquidation/book-values';
import { sumExposures } from '../measure/sum-exposures';
import { anyAsset, assetField, nameAssetOf } from '../params';
import { POSITION_SCOPES } from '../scopes';
import type { TriggerKind } from '../trigger-kind';

const params = z.strictObject({ asset: anyAsset });
const BOUNDS = { least: '-1000000000000000', most: '1000000000000000' };

/** Σ held − Σ owed of one asset over the subject, base currency at the oracle's prices; 0 where it stands in none, null without positions. */
export const netExposure: TriggerKind<z.infer<typeof params>> = {
  id: 'net-exposure',
  title: 'Net exposure',
  explanation: 'What is held less what is owed of one asset, over everything in scope, in dollars.',
  unit: 'value',
  sides: { above: BOUNDS, below: BOUNDS },
  grain: 'scope',
  scopes: POSITION_SCOPES,
  params,
  fields: [assetField(true)],
  touchedBy: ['oracle', 'state'],
  measure: (subject, { asset }) => {
    // `parseTrigger` refuses a trigger of this kind that names none.
    if (asset === undefined) return unknown('asset-unknown', 'No asset is named.');
    const of = { id: subject.id, name: subject.name };
    return mapKnown(sumExposures(subject, asset), (sums) =>
      subject.positions.length === 0 ? null : { value: sums.get(asset)?.value ?? ZERO, of },
    );
  },
  figure: ({ asset }, names) => `the net exposure of ${names.subject} to ${nameAssetOf(asset, names)}`,
};
