import { measureWorst, toReading } from '../measure/measure-worst';
import { noParams } from '../params';
import { POSITION_SCOPES } from '../scopes';
import type { TriggerKind } from '../trigger-kind';

/** Debt / collateral value at the oracle's prices. */
export const ltv: TriggerKind<Record<string, never>> = {
  id: 'ltv',
  title: 'Loan-to-value',
  explanation: 'Debt over the value of the collateral, at the oracle’s prices.',
  unit: 'share',
  sides: {
    above: { least: '0.001', most: '10', suggested: '0.75' },
    below: { least: '0.001', most: '10', suggested: '0.25' },
  },
  grain: 'position',
  scopes: POSITION_SCOPES,
  params: noParams,
  fields: [],
  touchedBy: ['oracle', 'state'],
  measure: ({ positions, unseen }, _params, context) =>
    measureWorst(positions, ({ atOracle }) => toReading(atOracle.ltv), unseen, context),
  figure: (_params, { subject }) => `the loan-to-value of ${subject}`,
};
