import { measureWorst } from '../measure/measure-worst';
import { readHealth } from '../measure/read-health';
import { noParams } from '../params';
import { POSITION_SCOPES } from '../scopes';
import type { TriggerKind } from '../trigger-kind';

/** Lowest (or highest) health factor at the oracle's prices; what the venue would liquidate is below every level. */
export const healthFactor: TriggerKind<Record<string, never>> = {
  id: 'health-factor',
  title: 'Health factor',
  explanation: 'What the collateral carries over what is owed, at the oracle’s prices; liquidatable below 1.',
  unit: 'ratio',
  sides: {
    below: { least: '0.01', most: '1000', suggested: '1.25' },
    above: { least: '0.01', most: '1000', suggested: '2' },
  },
  grain: 'position',
  scopes: POSITION_SCOPES,
  params: noParams,
  fields: [],
  touchedBy: ['oracle', 'state'],
  measure: ({ positions, unseen }, _params, context) =>
    measureWorst(positions, ({ atOracle }) => readHealth(atOracle, context), unseen, context),
  figure: (_params, { subject }) => `the health factor of ${subject}`,
};
