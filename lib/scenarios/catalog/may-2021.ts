import type { Scenario } from '../scenario';

/** Close of the first hour of 19 May 2021 to the day's low: ETH 3,354.13 → 1,888, BTC 42,610 → 30,000, LINK 42.28 → 21, AAVE 632.8 → 350. */
export const may2021: Scenario = {
  id: 'may-2021',
  name: '19 May 2021',
  summary: 'ETH −43.7 %, BTC −29.6 %, LINK −50.3 %, AAVE −44.7 % within a day; gold stands still.',
  source: 'Hourly candles against USDT of a public exchange, 19 May 2021, UTC',
  allBps: -4371,
  byFamily: { eth: -4371, btc: -2959, link: -5033, aave: -4469, xaut: 0 },
};
