import { expect, test } from 'vitest';
import { computeGrain } from './compute-grain';
import { parseTrigger } from './parse-trigger';
import { prepareTrigger } from './prepare-trigger';

const HEALTH = { kind: 'health-factor', side: 'below', level: '1.25' };
const STALE = { kind: 'oracle-stale', side: 'above', level: '1.1' };
const PRICE = { kind: 'price-level', side: 'below', level: '2000', params: { asset: 'ETH' } };
const NET = { kind: 'net-exposure', side: 'above', level: '1000', params: { asset: 'ETH' } };

test.each([
  [[HEALTH], 'position'],
  [[HEALTH, PRICE], 'position'],
  [[HEALTH, STALE], 'position'],
  [[STALE], 'asset'],
  [[PRICE], 'scope'],
  [[STALE, PRICE], 'scope'],
  [[NET], 'scope'],
  [[HEALTH, NET], 'scope'],
])('%j fires by %s', (conditions, grain) => {
  const scope = { type: 'book', book: 'desk' };
  const trigger = parseTrigger({ name: 'Test', scope, conditions, severity: 'info', channels: [] });
  expect(computeGrain(prepareTrigger(trigger))).toBe(grain);
});
