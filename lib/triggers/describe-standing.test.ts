import { expect, test } from 'vitest';
import { describeStanding } from './describe-standing';
import { evaluateTrigger } from './evaluate-trigger';
import { parseTrigger } from './parse-trigger';
import { prepareTrigger } from './prepare-trigger';
import { asset, position, subject } from './testing/subjects';

test('where each condition stands, and what is left until it fires', () => {
  const prepared = prepareTrigger(
    parseTrigger({
      name: 'Test',
      scope: { type: 'book', book: 'desk' },
      conditions: [
        { kind: 'health-factor', side: 'below', level: '1.25' },
        { kind: 'ltv', side: 'above', level: '0.75' },
        { kind: 'borrow-rate', side: 'above', level: '0.1' },
        { kind: 'time-to-liquidation', side: 'below', level: '3600' },
        { kind: 'price-level', side: 'below', level: '2000', params: { asset: 'ETH' } },
        { kind: 'oracle-stale', side: 'above', level: '1.1', params: { asset: 'ETH' } },
      ],
      severity: 'info',
      channels: [],
    }),
  );
  const assets = [
    asset('ETH', { oracle: { price: '?', ageSeconds: '7200' } }),
    asset('USDC', { isOwed: true, markets: { pool: { borrowRate: '0.05' } } }),
  ];
  const of = subject([position('p1', { atOracle: { healthFactor: '1.4', ltv: '0.61239' } })], assets);
  const standing = describeStanding(prepared, evaluateTrigger(prepared, of)).map((one) =>
    [one.met, one.limit, one.figure, one.left, one.reason].map((text) => text?.replaceAll('\u00a0', ' ')),
  );
  expect(standing).toEqual([
    ['false', 'below 1.25', '1.4', '0.15', undefined],
    // 75 − 61.239 is 13.761, down.
    ['false', 'above 75 %', '61.24 %', '13.76 %', undefined],
    ['false', 'above 10 % a year', '5.00 % a year', '5.00 %', undefined],
    ['false', 'below 1 h', undefined, undefined, 'There is no such figure now.'],
    ['unknown', 'below $2,000', undefined, undefined, 'Not read yet.'],
    ['true', 'above 1.1', '2', undefined, undefined],
  ]);
});
