import type { KindExamples } from './kind-example';
import { asset, subject } from './subjects';

const priceOfEth = (source: 'oracle' | 'market', price: string) => subject([], [asset('ETH', { [source]: { price } })]);
const moved = (price: string, extremes: { highest: string; lowest: string; isWhole?: boolean } | '?') =>
  subject([], [asset('ETH', { market: { price, extremes } })]);
const HOUR = { asset: 'ETH', windowSeconds: 3_600 };
const lent = (isOwed: boolean, borrowRate: string | null, utilisation: string | null, id = 'USDC') =>
  asset(id, {
    isOwed,
    markets: { [`${id} on Aave`]: { borrowRate, utilisation }, elsewhere: { borrowRate: null, utilisation: null } },
  });

/** Figures of what is measured on assets. */
export const assetKinds = {
  'price-level': {
    sentence: 'the oracle price of ETH is below $0.000000000001',
    params: { asset: 'ETH' },
    examples: [
      {
        what: 'by the oracle',
        side: 'below',
        params: { asset: 'ETH' },
        of: priceOfEth('oracle', '2500.5'),
        is: '2500.5',
        by: 'ETH',
      },
      {
        what: 'by the market',
        side: 'above',
        params: { asset: 'ETH', source: 'market' },
        of: priceOfEth('market', '2499'),
        is: '2499',
        by: 'ETH',
      },
      { what: 'unknown', side: 'below', params: { asset: 'ETH' }, of: priceOfEth('oracle', '?'), is: '?' },
    ],
  },
  'price-move': {
    sentence: 'the market price of ETH falls by more than 99\u00a0% within 1\u00a0h',
    params: HOUR,
    examples: [
      // 105 / 120 − 1 = −0.125 from the highest, 105 / 100 − 1 = +0.05 from the lowest.
      {
        what: 'a fall from the highest',
        side: 'below',
        params: HOUR,
        of: moved('105', { highest: '120', lowest: '100' }),
        is: '-0.125',
        by: 'ETH',
      },
      {
        what: 'a rise from the lowest',
        side: 'above',
        params: HOUR,
        of: moved('105', { highest: '120', lowest: '100' }),
        is: '0.05',
        by: 'ETH',
      },
      {
        what: 'a part of the window, past the level',
        side: 'below',
        level: '-0.1',
        params: HOUR,
        of: moved('105', { highest: '120', lowest: '100', isWhole: false }),
        is: '-0.125',
        by: 'ETH',
      },
      {
        what: 'a part of the window, short of it',
        side: 'below',
        level: '-0.2',
        params: HOUR,
        of: moved('105', { highest: '120', lowest: '100', isWhole: false }),
        is: '?',
      },
      { what: 'without a record', side: 'below', params: HOUR, of: moved('105', '?'), is: '?' },
      {
        what: 'without a price',
        side: 'below',
        params: HOUR,
        of: moved('?', { highest: '120', lowest: '100' }),
        is: '?',
      },
    ],
  },
  'oracle-stale': {
    sentence: 'the oracle of any asset of Desk is silent for longer than 0.1 times its heartbeat',
    examples: [
      // 5,400 s of 3,600 are 1.5; 2,700 are 0.75.
      {
        what: 'the longest silence',
        side: 'above',
        of: subject(
          [],
          [asset('ETH', { oracle: { ageSeconds: '2700' } }), asset('BTC', { oracle: { ageSeconds: '5400' } })],
        ),
        is: '1.5',
        by: 'BTC',
      },
      {
        what: 'of an answer that cannot be used',
        side: 'above',
        of: subject([], [asset('ETH', { oracle: { price: '?', ageSeconds: '5400' } })]),
        is: '1.5',
        by: 'ETH',
      },
      { what: 'unknown age', side: 'above', of: subject([], [asset('ETH', { oracle: { ageSeconds: '?' } })]), is: '?' },
      {
        what: 'unknown heartbeat',
        side: 'above',
        of: subject([], [asset('ETH', { oracle: { ageSeconds: '5400' }, heartbeatSeconds: '?' })]),
        is: '?',
      },
    ],
  },
  'oracle-deviation': {
    sentence: 'the gap between market and oracle of any asset of Desk is above 0.01\u00a0%',
    examples: [
      // 97 / 100 − 1 and 102 / 100 − 1.
      {
        what: 'either way',
        side: 'above',
        of: subject(
          [],
          [
            asset('ETH', { oracle: { price: '100' }, market: { price: '97' } }),
            asset('BTC', { oracle: { price: '100' }, market: { price: '102' } }),
          ],
        ),
        is: '0.03',
        by: 'ETH',
      },
      {
        what: 'no market',
        side: 'above',
        of: subject([], [asset('ETH', { oracle: { price: '100' }, market: { price: '?' } })]),
        is: '?',
      },
      {
        what: 'no oracle',
        side: 'above',
        of: subject([], [asset('ETH', { oracle: { price: '?' }, market: { price: '100' } })]),
        is: '?',
      },
    ],
  },
  'peg-deviation': {
    sentence: 'the gap of the market price of USDC to its peg is above 0.01\u00a0%',
    params: { asset: 'USDC' },
    examples: [
      {
        what: 'below the peg',
        side: 'above',
        of: subject(
          [],
          [asset('ETH', { market: { price: '3000' } }), asset('USDC', { market: { price: '0.88' }, pegTarget: '1' })],
        ),
        is: '0.12',
        by: 'USDC',
      },
      {
        what: 'above the peg, by the oracle',
        side: 'above',
        params: { source: 'oracle' },
        of: subject([], [asset('USDC', { oracle: { price: '1.02' }, pegTarget: '1' })]),
        is: '0.02',
        by: 'USDC',
      },
      {
        what: 'no peg',
        side: 'above',
        params: {},
        of: subject([], [asset('ETH', { market: { price: '?' } })]),
        is: null,
      },
      {
        what: 'named, and without a peg: it would never fire',
        side: 'above',
        params: { asset: 'ETH' },
        of: subject([], [asset('ETH', { market: { price: '3000' } })]),
        is: '?',
      },
      {
        what: 'unknown',
        side: 'above',
        of: subject([], [asset('USDC', { market: { price: '?' }, pegTarget: '1' })]),
        is: '?',
      },
    ],
  },
  'borrow-rate': {
    sentence: 'the borrow rate of any asset of Desk is above 0.01\u00a0% a year',
    examples: [
      {
        what: 'of what is owed',
        side: 'above',
        of: subject([], [lent(true, '0.08', null), lent(false, '0.3', null, 'ETH')]),
        is: '0.08',
        by: 'USDC on Aave',
      },
      {
        what: 'of one that is named, owed or not',
        side: 'above',
        params: { asset: 'ETH' },
        of: subject([], [lent(true, '0.08', null), lent(false, '0.3', null, 'ETH')]),
        is: '0.3',
        by: 'ETH on Aave',
      },
      { what: 'nothing is owed', side: 'above', of: subject([], [lent(false, '?', null)]), is: null },
      { what: 'unknown', side: 'above', of: subject([], [lent(true, '?', null)]), is: '?' },
    ],
  },
  utilisation: {
    sentence: 'the utilisation of any asset of Desk is above 0.1\u00a0%',
    examples: [
      {
        what: 'the highest',
        side: 'above',
        of: subject([], [lent(false, null, '0.9'), lent(true, null, '0.97', 'ETH')]),
        is: '0.97',
        by: 'ETH on Aave',
      },
      { what: 'none', side: 'above', of: subject([], [lent(false, null, null)]), is: null },
      { what: 'unknown', side: 'above', of: subject([], [lent(true, null, '?')]), is: '?' },
    ],
  },
} satisfies Record<string, KindExamples>;
