import type { WatcherStatus } from '@/lib/server/watcher/watcher';

/**
 * One line on where the watch stands. A pause and what is wrong come first: nobody may read "Armed" over either. "Paused since
 * 2026-01-01T00:00:00.000Z: 3 triggers."; "Armed, but: Block 3 cannot be looked at. 1 trigger."; "Not armed: 7 blocks behind; 1 trigger."
 */
export function describeWatcher({ isArmed, behind, triggerCount, pausedSinceMs, problem }: WatcherStatus): string {
  const triggers = `${triggerCount} trigger${triggerCount === 1 ? '' : 's'}`;
  const wrong = problem === undefined ? '' : ` ${problem}`;
  if (pausedSinceMs !== null) return `Paused since ${new Date(pausedSinceMs).toISOString()}: ${triggers}.${wrong}`;
  if (isArmed) return problem === undefined ? `Armed: ${triggers}.` : `Armed, but:${wrong} ${triggers}.`;
  const late = behind > 0 ? `${behind} block${behind === 1 ? '' : 's'} behind` : undefined;
  return `Not armed: ${[problem, late].filter((each) => each !== undefined).join('; ') || 'starting'}; ${triggers}.`;
}
