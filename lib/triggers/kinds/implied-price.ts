import { measureWorst } from '../measure/measure-worst';
import { readHealth } from '../measure/read-health';
import { noParams } from '../params';
import { POSITION_SCOPES } from '../scopes';
import type { TriggerKind } from '../trigger-kind';

/** Health factor at the prices that the oracles' next writes would bring: the market's now. */
export const impliedPrice: TriggerKind<Record<string, never>> = {
  id: 'implied-price',
  title: 'Health factor at the next oracle update',
  explanation:
    'The health factor at the market’s prices, which the oracle’s next writes bring: a warning before the contract sees it.',
  unit: 'ratio',
  sides: { below: { least: '0.01', most: '1000', suggested: '1.1' } },
  grain: 'position',
  scopes: POSITION_SCOPES,
  params: noParams,
  fields: [],
  touchedBy: ['market', 'state', 'time'],
  measure: ({ positions, unseen }, _params, context) =>
    measureWorst(positions, ({ atMarket }) => readHealth(atMarket, context), unseen, context),
  figure: (_params, { subject }) => `the health factor of ${subject} at the next oracle update`,
};
