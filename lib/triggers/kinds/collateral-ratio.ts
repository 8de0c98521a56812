import { measureWorst, toReading } from '../measure/measure-worst';
import { noParams } from '../params';
import { POSITION_SCOPES } from '../scopes';
import type { TriggerKind } from '../trigger-kind';

/** Collateral value / debt at the oracle's prices. */
export const collateralRatio: TriggerKind<Record<string, never>> = {
  id: 'collateral-ratio',
  title: 'Collateral ratio',
  explanation: 'Value of the collateral over the debt, at the oracle’s prices.',
  unit: 'share',
  sides: {
    below: { least: '0.1', most: '1000', suggested: '1.6' },
    above: { least: '0.1', most: '1000', suggested: '3' },
  },
  grain: 'position',
  scopes: POSITION_SCOPES,
  params: noParams,
  fields: [],
  touchedBy: ['oracle', 'state'],
  measure: ({ positions, unseen }, _params, context) =>
    measureWorst(positions, ({ atOracle }) => toReading(atOracle.collateralRatio), unseen, context),
  figure: (_params, { subject }) => `the collateral ratio of ${subject}`,
};
