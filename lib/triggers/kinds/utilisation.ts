import * as z from 'zod/mini';
import { measureMarkets } from '../measure/measure-markets';
import { anyAsset, assetField, nameAssetOf } from '../params';
import { ALL_SCOPES } from '../scopes';
import type { TriggerKind } from '../trigger-kind';

const params = z.strictObject({ asset: anyAsset });

/** borrowed / supplied of the markets: near 1 nothing can be withdrawn, and rates jump. */
export const utilisation: TriggerKind<z.infer<typeof params>> = {
  id: 'utilisation',
  title: 'Utilisation',
  explanation: 'What is borrowed over what is supplied: near 100 % nothing can be withdrawn, and rates jump.',
  unit: 'share',
  sides: {
    above: { least: '0.001', most: '1', suggested: '0.95' },
    below: { least: '0.001', most: '1', suggested: '0.5' },
  },
  grain: 'asset',
  scopes: ALL_SCOPES,
  params,
  fields: [assetField(false)],
  touchedBy: ['state'],
  measure: (subject, { asset }, context) =>
    measureMarkets(
      subject,
      asset,
      () => true,
      (market) => market.utilisation,
      context,
    ),
  figure: ({ asset }, names) => `the utilisation of ${nameAssetOf(asset, names)}`,
};
