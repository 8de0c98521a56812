import * as z from 'zod/mini';
import { known } from '@/lib/domain/known';
import { ZERO } from '@/lib/risk/liquidation/book-values';
import { minRational, type Rational } from '@/lib/units/rational';
import { measureWorst, type Reading } from '../measure/measure-worst';
import { anyAsset, assetField } from '../params';
import { POSITION_SCOPES } from '../scopes';
import type { SubjectPosition } from '../subject';
import type { TriggerKind } from '../trigger-kind';

const params = z.strictObject({ asset: anyAsset });

function readDistance({ atOracle, liquidations }: SubjectPosition, asset: string | undefined): Reading {
  if (!atOracle.liquidatable.known) return atOracle.liquidatable;
  if (!liquidations.known) return liquidations;
  let least: Rational | undefined;
  for (const one of liquidations.value) {
    if (asset === undefined || one.asset === asset) least = least ? minRational(least, one.left) : one.left;
  }
  // Liquidatable is no distance at all, whether or not a price of one asset alone would cure it.
  if (atOracle.liquidatable.value) return known({ value: least ? minRational(least, ZERO) : ZERO });
  return known(least ? { value: least } : null);
}

/** What is left of today's price to the nearest liquidation price of one asset alone; 0 or below where liquidatable already. */
export const distance: TriggerKind<z.infer<typeof params>> = {
  id: 'distance',
  title: 'Distance to liquidation',
  explanation: 'How far the price of one asset alone may move, the others held, before a position can be liquidated.',
  unit: 'share',
  sides: { below: { least: '0.001', most: '10', suggested: '0.1' } },
  grain: 'position',
  scopes: POSITION_SCOPES,
  params,
  fields: [assetField(false)],
  touchedBy: ['oracle', 'state'],
  measure: ({ positions, unseen }, { asset }, context) =>
    measureWorst(positions, (position) => readDistance(position, asset), unseen, context),
  figure: ({ asset }, { subject, nameAsset }) =>
    `the distance to liquidation of ${subject}${asset === undefined ? '' : ` by ${nameAsset(asset)}`}`,
};
