import { expect, test } from 'vitest';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import { describeWatch } from './describe-watch';

const ARMED: WatchStatus = { isArmed: true, behind: 0, triggerCount: 2, problem: null, pausedSinceMs: null };
const tell = (changes: Partial<WatchStatus>, connection: 'live' | 'lost' | 'connecting' = 'live') => {
  const { word, isBlind } = describeWatch({ connection, status: { ...ARMED, ...changes } });
  return [word, isBlind];
};

test('armed alone is quiet', () => {
  expect(tell({})).toEqual(['Armed', false]);
  expect(tell({ triggerCount: 0 })).toEqual(['No triggers', false]);
});

test('whatever keeps a warning from coming is said', () => {
  expect(tell({ isArmed: false, behind: 1_234 })).toEqual(['Catching up 1,234 blocks', true]);
  expect(tell({ isArmed: false, behind: 1 })).toEqual(['Catching up 1 block', true]);
  expect(tell({ isArmed: false, problem: 'The chain does not answer.' })).toEqual(['Not armed', true]);
  expect(tell({ problem: 'Nothing can be recorded.' })).toEqual(['Armed in part', true]);
  expect(tell({ isArmed: false })).toEqual(['Not armed', true]);
  // A problem comes before what is still to be looked at, and the pause before all else.
  expect(tell({ isArmed: false, behind: 3, problem: 'The chain does not answer.' })).toEqual(['Not armed', true]);
  expect(tell({ pausedSinceMs: 1, isArmed: false, behind: 3 })).toEqual([
    expect.stringMatching(/^Paused since /),
    true,
  ]);
});

test('a browser that hears nothing says so, whatever it heard last', () => {
  expect(tell({}, 'lost')).toEqual(['Not listening', true]);
  expect(describeWatch({ connection: 'lost', status: undefined }).isBlind).toBe(true);
  // Before the first word it is neither armed nor lost.
  expect(describeWatch({ connection: 'connecting', status: undefined }).word).toBe('Connecting');
});

test('the server’s own reason is the one that is given', () => {
  const { meaning } = describeWatch({
    connection: 'live',
    status: { ...ARMED, isArmed: false, problem: 'The chain does not answer.' },
  });
  expect(meaning).toBe('The chain does not answer.');
});
