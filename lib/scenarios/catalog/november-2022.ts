import type { Scenario } from '../scenario';

/** Close of the first hour of 7 November to the low until 10 November 2022: ETH 1,573.28 → 1,073.53, BTC 20,899 → 15,588, LINK 8.142 → 5.775, AAVE 86.0 → 56.9. */
export const november2022: Scenario = {
  id: 'november-2022',
  name: 'November 2022',
  summary: 'ETH −31.8 %, BTC −25.4 %, LINK −29.1 %, AAVE −33.8 % in three days; gold stands still.',
  source: 'Hourly candles against USDT of a public exchange, 7 to 10 November 2022, UTC',
  allBps: -3176,
  byFamily: { eth: -3176, btc: -2541, link: -2907, aave: -3384, xaut: 0 },
};
