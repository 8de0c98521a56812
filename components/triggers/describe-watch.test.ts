import { expect, test } from 'vitest';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import { describeWatch } from './describe-watch';

const ARMED: WatchStatus = { isArmed: true, behind: 0, triggerCount: 2, problem: null, pausedSinceMs: null };
const say = (status: Partial<WatchStatus>, ageMs = 0, failure?: string) => {
  const { word, isArmed, tone } = describeWatch({ ...ARMED, ...status }, ageMs, failure);
  return [word, isArmed, tone];
};

test('armed only where the server says so, and says so now', () => {
  expect(say({})).toEqual(['Armed', true, 'safe']);
  expect(say({}, 10_000)).toEqual(['Armed', true, 'safe']);
  expect(say({}, 10_001)).toEqual(['Not known', false, 'unknown']);
  expect(say({}, 0, 'Ballast does not answer.')).toEqual(['Not known', false, 'unknown']);
  expect(describeWatch(undefined, 0, undefined).isArmed).toBe(false);
});

test('what holds it up is said, the pause before all else', () => {
  expect(say({ isArmed: false, behind: 1 })).toEqual(['Catching up 1 block', false, 'warning']);
  expect(say({ isArmed: false, behind: 1_200 })[0]).toBe('Catching up 1,200 blocks');
  expect(say({ isArmed: false, behind: 3, problem: 'The database is away.' })).toEqual([
    'Not armed',
    false,
    'liquidatable',
  ]);
  expect(describeWatch({ ...ARMED, isArmed: false, problem: 'The database is away.' }, 0, undefined).meaning).toBe(
    'The database is away.',
  );
  expect(say({ isArmed: false })).toEqual(['Not armed', false, 'unknown']);
  expect(say({ pausedSinceMs: 0 })[0]).toMatch(/^Paused since /);
  expect(say({ pausedSinceMs: 0 })[1]).toBe(false);
  expect(say({ problem: 'A channel is gone.' })).toEqual(['Armed, with trouble', true, 'warning']);
  expect(say({ triggerCount: 0 })[0]).toBe('Nothing to watch');
  // Saved, and not taken up yet.
  expect(describeWatch({ ...ARMED, triggerCount: 0 }, 0, undefined, 2)).toMatchObject({
    word: 'Not armed',
    isArmed: false,
  });
});
