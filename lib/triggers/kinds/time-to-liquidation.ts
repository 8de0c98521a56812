import { measureWorst, toReading } from '../measure/measure-worst';
import { noParams } from '../params';
import { POSITION_SCOPES } from '../scopes';
import type { TriggerKind } from '../trigger-kind';

/** Seconds until interest alone liquidates, prices held, the earliest of the estimate. */
export const timeToLiquidation: TriggerKind<Record<string, never>> = {
  id: 'time-to-liquidation',
  title: 'Time to liquidation from interest',
  explanation: 'How long until the interest alone makes a position liquidatable, prices and rates held.',
  unit: 'duration',
  sides: { below: { least: '60', most: '315360000', suggested: '604800' } },
  grain: 'position',
  scopes: POSITION_SCOPES,
  params: noParams,
  fields: [],
  touchedBy: ['oracle', 'state'],
  measure: ({ positions, unseen }, _params, context) =>
    measureWorst(positions, ({ secondsToLiquidation }) => toReading(secondsToLiquidation), unseen, context),
  figure: (_params, { subject }) => `the time until interest liquidates ${subject}`,
};
