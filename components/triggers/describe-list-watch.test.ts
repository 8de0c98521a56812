import { expect, test } from 'vitest';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import { describeListWatch } from './describe-list-watch';
import { listed } from './testing';

const ARMED: WatchStatus = { isArmed: true, behind: 0, triggerCount: 2, problem: null, pausedSinceMs: null };
const say = (status: Partial<WatchStatus>, ageMs = 0, failure?: string) => {
  const { word, isArmed, tone } = describeListWatch({ ...ARMED, ...status }, ageMs, failure, []);
  return [word, isArmed, tone];
};
const sayOf = (watching: readonly ListedTrigger[], status: Partial<WatchStatus> = {}) =>
  describeListWatch({ ...ARMED, ...status }, 0, undefined, watching);

test('armed only where the server says so, and says so now', () => {
  expect(say({})).toEqual(['Armed', true, 'safe']);
  expect(say({}, 10_000)).toEqual(['Armed', true, 'safe']);
  expect(say({}, 10_001)).toEqual(['Not known', false, 'unknown']);
  expect(say({}, 0, 'Ballast does not answer.')).toEqual(['Not known', false, 'unknown']);
  expect(describeListWatch(undefined, 0, undefined, []).isArmed).toBe(false);
  expect(say({ isArmed: false, behind: 1 })).toEqual(['Catching up 1 block', false, 'warning']);
  // Saved, and not taken up yet.
  expect(sayOf([listed()], { triggerCount: 0 })).toMatchObject({ word: 'Not armed', isArmed: false });
});

test('armed in part while a trigger of the list cannot be told', () => {
  const [subject] = listed().subjects;
  const partly = listed({
    status: 'fired',
    subjects: [{ ...(subject as NonNullable<typeof subject>), status: 'blind' }],
  });
  expect(sayOf([listed(), listed()])).toMatchObject({ word: 'Armed', tone: 'safe' });
  expect(sayOf([listed(), listed({ status: 'blind' }), listed()])).toMatchObject({
    word: 'Armed in part',
    tone: 'warning',
    meaning: '1 of 3 cannot be told.',
    isArmed: true,
    isBlind: true,
  });
  expect(sayOf([listed({ status: 'broken' }), partly]).meaning).toBe('2 of 2 cannot be told.');
  expect(sayOf([partly], { problem: 'A market is silent.' }).meaning).toBe(
    'A market is silent. 1 of 1 cannot be told.',
  );
  // What holds everything up is said first.
  expect(sayOf([partly], { pausedSinceMs: 0 }).word).toMatch(/^Paused since /);
});
