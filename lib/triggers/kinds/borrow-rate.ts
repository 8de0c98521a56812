import * as z from 'zod/mini';
import { measureMarkets } from '../measure/measure-markets';
import { anyAsset, assetField, nameAssetOf } from '../params';
import { ALL_SCOPES } from '../scopes';
import type { TriggerKind } from '../trigger-kind';

const params = z.strictObject({ asset: anyAsset });
const BOUNDS = { least: '0.0001', most: '100' };

/** Yearly rate on what is owed; of an asset looked at for itself wherever it is lent. */
export const borrowRate: TriggerKind<z.infer<typeof params>> = {
  id: 'borrow-rate',
  title: 'Borrow rate',
  explanation: 'The yearly rate on what is owed, at the last block.',
  unit: 'rate',
  sides: { above: { ...BOUNDS, suggested: '0.1' }, below: { ...BOUNDS, suggested: '0.02' } },
  grain: 'asset',
  scopes: ALL_SCOPES,
  params,
  fields: [assetField(false)],
  touchedBy: ['state'],
  measure: (subject, { asset }, context) =>
    measureMarkets(
      subject,
      asset,
      (one) => one.isOwed || asset !== undefined,
      ({ borrowRate: rate }) => rate,
      context,
    ),
  figure: ({ asset }, names) => `the borrow rate of ${nameAssetOf(asset, names)}`,
};
