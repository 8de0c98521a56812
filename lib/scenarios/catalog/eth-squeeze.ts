import type { Scenario } from '../scenario';

export const ethSqueeze: Scenario = {
  id: 'eth-squeeze',
  name: 'ETH +40 %',
  summary: 'A squeeze: ETH rises by two fifths. Hurts whoever owes ETH.',
  source: 'ours',
  allBps: 0,
  byFamily: { eth: 4000 },
};
