import type { Scenario } from '../scenario';

export const usdcDepeg: Scenario = {
  id: 'usdc-depeg',
  name: 'USDC at 0.88',
  summary: 'USDC and DAI lose their peg by 12 % and 10 %, the size of 11 March 2023; the rest stands still.',
  source: 'ours, rounded to the size of 11 March 2023',
  allBps: 0,
  byFamily: { usdc: -1200, dai: -1000 },
};
