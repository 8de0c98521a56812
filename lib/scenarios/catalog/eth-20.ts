import type { Scenario } from '../scenario';

export const eth20: Scenario = {
  id: 'eth-20',
  name: 'ETH −20 %',
  summary: 'ETH and what is staked from it fall by a fifth, the rest stands still.',
  source: 'ours',
  allBps: 0,
  byFamily: { eth: -2000 },
};
