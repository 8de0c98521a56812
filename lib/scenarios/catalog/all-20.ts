import type { Scenario } from '../scenario';

export const all20: Scenario = {
  id: 'all-20',
  name: 'Everything −20 %',
  summary: 'Every asset but the dollar stablecoins falls by a fifth.',
  source: 'ours',
  allBps: -2000,
  byFamily: {},
};
