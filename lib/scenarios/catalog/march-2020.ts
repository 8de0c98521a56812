import type { Scenario } from '../scenario';

/** First hour of 12 March to the low of 13 March 2020: ETH 194.61 → 86.00, BTC 7,934.52 → 3,782.13. */
export const march2020: Scenario = {
  id: 'march-2020',
  name: '12–13 March 2020',
  summary: 'ETH −55.8 %, BTC −52.3 % in 27 hours; other crypto as ETH, gold stands still.',
  source: 'Hourly ETH/USDT and BTC/USDT candles of a public exchange, 12 March 2020 00:00 to the low of 13 March, UTC',
  allBps: -5580,
  byFamily: { eth: -5580, btc: -5233, xaut: 0 },
};
