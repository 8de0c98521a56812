import * as z from 'zod/mini';
import { known } from '@/lib/domain/known';
import { divideRational, rational } from '@/lib/units/rational';
import { formatLevel } from '../format-level';
import { measureWorst, type Reading } from '../measure/measure-worst';
import { selectAssets } from '../measure/select-assets';
import { anyAsset, assetField, nameAssetOf } from '../params';
import { ALL_SCOPES } from '../scopes';
import type { SubjectAsset } from '../subject';
import type { TriggerKind } from '../trigger-kind';

const params = z.strictObject({ asset: anyAsset });

/** Age over heartbeat. A feed that tells no age is unknown: its freshness cannot be vouched for, nor its silence measured. */
function readSilence({ oracle: { ageSeconds }, heartbeatSeconds }: SubjectAsset): Reading {
  if (!ageSeconds.known) return ageSeconds;
  if (!heartbeatSeconds.known) return heartbeatSeconds;
  return known({ value: divideRational(ageSeconds.value, rational(BigInt(heartbeatSeconds.value))) });
}

/** Silence of an oracle as a multiple of the longest it promises. */
export const oracleStale: TriggerKind<z.infer<typeof params>> = {
  id: 'oracle-stale',
  title: 'Oracle silence in heartbeats',
  explanation: 'How long an oracle has been silent, as a multiple of the heartbeat it promises.',
  unit: 'ratio',
  sides: { above: { least: '0.1', most: '1000', suggested: '1.1' } },
  grain: 'asset',
  scopes: ALL_SCOPES,
  params,
  fields: [assetField(false)],
  touchedBy: ['oracle', 'time'],
  measure: (subject, { asset }, context) => {
    const { assets, unseen } = selectAssets(subject, asset);
    return measureWorst(assets, readSilence, unseen, context);
  },
  figure: ({ asset }, names) => `the silence of the oracle of ${nameAssetOf(asset, names)}, in heartbeats,`,
  phrase: ({ asset }, names, { level }) =>
    `the oracle of ${nameAssetOf(asset, names)} is silent for longer than ${formatLevel(level, 'ratio')} times its heartbeat`,
};
