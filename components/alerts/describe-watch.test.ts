import { expect, test } from 'vitest';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import { describeWatch } from './describe-watch';

const ARMED: WatchStatus = { isArmed: true, behind: 0, triggerCount: 2, problem: null, pausedSinceMs: null };
const tell = (changes: Partial<WatchStatus>, connection: 'live' | 'lost' | 'connecting' = 'live') => {
  const { word, isBlind } = describeWatch({ connection, status: { ...ARMED, ...changes } });
  return [word, isBlind];
};

test('armed alone is quiet', () => {
  expect(tell({})).toEqual(['armed', false]);
  expect(tell({ triggerCount: 0 })).toEqual(['no triggers', false]);
});

test('whatever keeps a warning from coming is said', () => {
  expect(tell({ isArmed: false, behind: 1_234 })).toEqual(['catching up 1,234 blocks', true]);
  expect(tell({ isArmed: false, behind: 1 })).toEqual(['catching up 1 block', true]);
  expect(tell({ isArmed: false, problem: 'The chain does not answer.' })).toEqual(['cannot see', true]);
  expect(tell({ problem: 'Nothing can be recorded.' })).toEqual(['armed in part', true]);
  expect(tell({ pausedSinceMs: 1 })).toEqual(['paused', true]);
});

test('a browser that hears nothing says so, whatever it heard last', () => {
  expect(tell({}, 'lost')).toEqual(['not listening', true]);
  expect(describeWatch({ connection: 'lost', status: undefined }).isBlind).toBe(true);
  // Before the first word it is neither armed nor lost.
  expect(describeWatch({ connection: 'connecting', status: undefined }).word).toBe('connecting');
});

test('the server’s own reason is the one that is given', () => {
  const { meaning } = describeWatch({
    connection: 'live',
    status: { ...ARMED, isArmed: false, problem: 'The chain does not answer.' },
  });
  expect(meaning).toBe('The chain does not answer.');
});
