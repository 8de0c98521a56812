import { expect, test } from 'vitest';
import { ETH, toPosition, USDC } from '@/lib/venues/aave-v3/testing';
import type { Position } from '@/lib/venues/registry';
import { listStandings } from './list-standings';
import { readingToWorld } from './reading-to-world';
import { toTrigger, toWorld } from './testing';

const OWNER = toPosition([]).owner;
const position = (number: number, owed: string): Position => ({
  ...toPosition([
    { of: ETH, supply: '10' },
    { of: USDC, debt: owed },
  ]),
  id: `aave-v3~1~${number}~${OWNER}`,
});
// 83 % of 10 · 3,000 = 24,900: over 20,000 it is 1.245, over 19,000 1.3105…, over 16,000 1.55625.
const [low, middle, high] = [position(1, '20000'), position(2, '19000'), position(3, '16000')] as const;
const owner = { type: 'owner', owner: OWNER } as const;
const below = (level: string) => toTrigger(owner, [{ kind: 'health-factor', side: 'below', level }]);
const told = (level: string, world = toWorld([high, low, middle])) =>
  listStandings(below(level), world).map(({ id, met, conditions }) => [id, met, conditions[0]?.figure]);

test('the nearest to firing comes first, what fires before it', () => {
  expect(told('1.2')).toEqual([
    [low.id, 'false', '1.245'],
    [middle.id, 'false', '1.3105'],
    [high.id, 'false', '1.5562'],
  ]);
  expect(told('1.5').map(([, met]) => met)).toEqual(['true', 'true', 'false']);
  const above = toTrigger(owner, [{ kind: 'ltv', side: 'above', level: '0.9' }]);
  expect(listStandings(above, toWorld([high, low, middle])).map(({ id }) => id)).toEqual([low.id, middle.id, high.id]);
});

test('what is left is told with the figure and its limit', () => {
  expect(listStandings(below('1.2'), toWorld([low]))[0]?.conditions).toEqual([
    { title: 'Health factor', met: 'false', limit: 'below 1.2', figure: '1.245', left: '0.045', reason: undefined },
  ]);
});

test('what could not be read is told beside what was, and never as calm', () => {
  const reason = { code: 'read-failed', text: 'Not all could be read.' } as const;
  expect(told('1.2', toWorld([high], { unread: new Map([[OWNER, reason]]) }))).toEqual([
    ['*', 'unknown', undefined],
    [high.id, 'false', '1.5562'],
  ]);
});

const around = { blind: undefined, marketPrices: new Map(), nowMs: 1_000, nameOwner: (name: string) => name };
const block = { number: 7n, hash: `0x${'22'.repeat(32)}`, timestampSeconds: 1_000 } as const;

test('the world of a reading has what was read, and says of whom not all was', () => {
  const fine = readingToWorld({ block, owners: [{ owner: OWNER, positions: [high] }], problems: [] }, around);
  expect([...fine.positions.keys()]).toEqual([high.id]);
  expect(told('1.2', fine)).toEqual([[high.id, 'false', '1.5562']]);
  // A venue that could not be read may hold a position of anybody.
  const venue = readingToWorld(
    { block, owners: [{ owner: OWNER, positions: [high] }], problems: ['No pool.'] },
    around,
  );
  expect(told('1.2', venue)[0]).toEqual(['*', 'unknown', undefined]);
  expect(venue.unread.get(OWNER.toLowerCase())?.text).toBe('No pool.');
});

test('without a reading nothing is known', () => {
  expect(listStandings(below('1.2'), readingToWorld(undefined, around)).map(({ met }) => met)).toEqual(['unknown']);
});
