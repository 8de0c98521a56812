import { expect, test } from 'vitest';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import { describeBadge } from './describe-badge';

const ARMED: WatchStatus = { isArmed: true, behind: 0, triggerCount: 2, problem: null, pausedSinceMs: null };
const badge = (changes: Partial<WatchStatus>, unacknowledged = 0, connection: 'live' | 'lost' = 'live') =>
  describeBadge({ connection, status: { ...ARMED, ...changes }, unacknowledged });

test('a title is quiet only while all that is set is watched', () => {
  expect(badge({})).toBeUndefined();
  expect(badge({}, 3)).toBe('3');
  expect(badge({ triggerCount: 0 })).toBeUndefined();
  expect(badge({ isArmed: false })).toBe('?');
  expect(badge({ isArmed: false, behind: 12 })).toBe('?');
  expect(badge({ pausedSinceMs: 1 })).toBe('?');
  expect(badge({ problem: 'Nothing can be recorded.' })).toBe('?');
  expect(badge({ pausedSinceMs: 1 }, 3)).toBe('3?');
});

test('what was counted before the stream was lost is no count', () => {
  expect(badge({}, 3, 'lost')).toBe('?');
});
