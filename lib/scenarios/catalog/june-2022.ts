import type { Scenario } from '../scenario';

/** Close of the first hour of 12 June to the low of 18 June 2022: ETH 1,537.64 → 881.56, BTC 28,506 → 17,622, LINK 7.06 → 5.30, AAVE 76.9 → 45.6. */
export const june2022: Scenario = {
  id: 'june-2022',
  name: 'June 2022',
  summary: 'ETH −42.7 %, BTC −38.2 %, LINK −24.9 %, AAVE −40.7 % in a week; gold stands still.',
  source: 'Hourly candles against USDT of a public exchange, 12 to 18 June 2022, UTC',
  allBps: -4267,
  byFamily: { eth: -4267, btc: -3818, link: -2493, aave: -4070, xaut: 0 },
};
