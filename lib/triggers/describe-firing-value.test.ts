import { expect, test } from 'vitest';
import { describeFiringValue } from './describe-firing-value';
import type { FiringValue } from './firing';

const value: FiringValue = {
  kind: 'health-factor',
  side: 'below',
  level: '1.25',
  met: 'true',
  value: '1.04169999999999999999999',
  of: { id: 'p', name: 'Aave v3 of Alice' },
  reason: null,
};

test('a figure is rounded toward the side on which it fires, its level stands exactly', () => {
  expect(describeFiringValue(value)).toEqual({
    title: 'Health factor',
    met: 'true',
    limit: 'below 1.25',
    figure: '1.0416',
    exact: '1.04169999999999999999999',
    of: 'Aave v3 of Alice',
    reason: undefined,
  });
  // Shares are stored as fractions: 83.005 % above 80 % reads 83.01 %, never less than it was.
  const ltv = describeFiringValue({ ...value, kind: 'ltv', side: 'above', level: '0.8', value: '0.83005' });
  expect([ltv.figure, ltv.limit]).toEqual(['83.01\u00a0%', 'above 80\u00a0%']);
});

test('no figure: why; an unknown kind: what was recorded', () => {
  const none = describeFiringValue({ ...value, met: 'unknown', value: null, of: null, reason: 'The feed is silent.' });
  expect([none.figure, none.exact, none.reason]).toEqual([undefined, undefined, 'The feed is silent.']);
  expect(describeFiringValue({ ...value, value: null, reason: null }).reason).toBe('There was no such figure.');
  const later = describeFiringValue({ ...value, kind: 'later-kind', level: '0.50' });
  expect([later.title, later.limit, later.figure]).toEqual(['later-kind', 'below 0.50', value.value]);
});
