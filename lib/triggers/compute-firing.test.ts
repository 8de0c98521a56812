import { expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { computeFiring } from './compute-firing';
import { evaluateTrigger } from './evaluate-trigger';
import { parseFiring } from './parse-firing';
import { parseTrigger } from './parse-trigger';
import { prepareTrigger } from './prepare-trigger';
import { asset, position, subject } from './testing/subjects';

test('a firing is its figures, what they stand on and a sentence; JSON gives it back whole', () => {
  const prepared = prepareTrigger(
    parseTrigger({
      name: 'Desk',
      scope: { type: 'book', book: 'desk' },
      combine: 'any',
      conditions: [
        { kind: 'health-factor', side: 'below', level: '1.25' },
        { kind: 'oracle-stale', side: 'above', level: '1.1', params: { asset: 'ETH' } },
        { kind: 'price-level', side: 'above', level: '2000', params: { asset: 'BTC' } },
        { kind: 'time-to-liquidation', side: 'below', level: '3600' },
      ],
      severity: 'critical',
      channels: [],
    }),
  );
  // 4,000 s of 3,600: 1.11…, rounded up; the price of BTC is not known.
  const assets = [asset('ETH', { oracle: { ageSeconds: '4000' } }), asset('BTC', { oracle: { price: '?' } })];
  const reading = evaluateTrigger(prepared, subject([position('p1', { atOracle: { healthFactor: '1.2' } })], assets));
  const occasion = {
    triggerId: 't1',
    triggerVersion: 3,
    subjectId: 'desk',
    subjectName: 'Desk',
    episode: 2,
    inputs: [
      {
        asset: 'ETH',
        source: 'oracle' as const,
        from: '0xfeed',
        answer: '300000000000',
        decimals: 8,
        round: '7',
        updatedAt: '2026-01-01T00:00:00.000Z',
      },
    ],
    block: { number: '12', hash: '0xabc' },
    engineVersion: '0.1.0',
    remedy: 'Repay 120 USDC.',
  };
  const firing = computeFiring(prepared, reading, { ...occasion, atMs: Date.parse('2026-01-01T01:00:00Z') });
  expect(parseFiring(JSON.parse(JSON.stringify(firing)))).toEqual(firing);
  for (const broken of [{ ...firing, episode: 0 }, { ...firing, at: 'today' }, { ...firing, values: null }, 'text']) {
    expect(() => parseFiring(broken)).toThrow(InvalidInputError);
  }
  expect(firing).toMatchObject({ ...occasion, severity: 'critical', at: '2026-01-01T01:00:00.000Z' });
  expect(firing).not.toHaveProperty('atMs');
  expect(firing.sentence).toMatch(/^p1 of Alice: health factor 1\.2, below 1\.25; /);
  expect(firing.values).toEqual([
    {
      ...{ kind: 'health-factor', side: 'below', level: '1.25', met: 'true', value: '1.2' },
      ...{ of: { id: 'p1', name: 'p1 of Alice' }, reason: null },
    },
    {
      ...{ kind: 'oracle-stale', side: 'above', level: '1.1', met: 'true', value: '1.111111111111111112' },
      ...{ of: { id: 'ETH', name: 'ETH' }, reason: null },
    },
    {
      ...{ kind: 'price-level', side: 'above', level: '2000', met: 'unknown', value: null },
      ...{ of: null, reason: 'Not read yet.' },
    },
    {
      ...{ kind: 'time-to-liquidation', side: 'below', level: '3600', met: 'false', value: null },
      ...{ of: null, reason: null },
    },
  ]);
});
