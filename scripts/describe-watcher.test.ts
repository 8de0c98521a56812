import { expect, test } from 'vitest';
import { describeWatcher } from './describe-watcher';

const armed = { isArmed: true, behind: 0, triggerCount: 3, pausedSinceMs: null, problem: undefined };
const problem = 'Block 3 cannot be looked at.';
const pausedSinceMs = Date.UTC(2026, 0, 1);

test.each([
  [{}, 'Armed: 3 triggers.'],
  [{ triggerCount: 1 }, 'Armed: 1 trigger.'],
  [{ problem }, 'Armed, but: Block 3 cannot be looked at. 3 triggers.'],
  [{ isArmed: false }, 'Not armed: starting; 3 triggers.'],
  [{ isArmed: false, behind: 7 }, 'Not armed: 7 blocks behind; 3 triggers.'],
  [{ isArmed: false, behind: 1, problem }, 'Not armed: Block 3 cannot be looked at.; 1 block behind; 3 triggers.'],
  [{ isArmed: false, pausedSinceMs }, 'Paused since 2026-01-01T00:00:00.000Z: 3 triggers.'],
  [
    { isArmed: false, pausedSinceMs, problem },
    'Paused since 2026-01-01T00:00:00.000Z: 3 triggers. Block 3 cannot be looked at.',
  ],
])('%o', (change, expected) => {
  expect(describeWatcher({ ...armed, ...change })).toBe(expected);
});
