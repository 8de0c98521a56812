import { describeStatus, type WatchWords } from '@/components/alerts/describe-status';
import type { ListedTrigger, TriggerList } from '@/lib/alerts/listed-trigger';
import { policy } from '@/lib/config/policy';
import { formatAge } from '@/lib/format/format-age';
import { formatNumber } from '@/lib/format/format-number';

const unknown = (word: string, meaning: string): WatchWords => ({
  tone: 'unknown',
  word,
  meaning,
  isArmed: false,
  isBlind: true,
});

/** Those that would not fire although they should: on all or some of what they watch there is no figure. */
const isUntold = ({ status, subjects }: ListedTrigger): boolean =>
  status === 'blind' || status === 'broken' || subjects.some((subject) => subject.status === 'blind');

/**
 * What the head of the list says: as `describeStatus`, but what is old, or was not heard at all, is never told as armed, nor is all armed while
 * one of the triggers that watch (`watching`; empty where those that ended are listed) cannot be told. `ageMs`: since the server said so, by its
 * own clock; `failure`: why it could not be asked. Pure. Example: 1 blind of 3 says "Armed in part" and "1 of 3 cannot be told".
 */
export function describeListWatch(
  status: TriggerList['status'] | undefined,
  ageMs: number,
  failure: string | undefined,
  watching: readonly ListedTrigger[],
): WatchWords {
  if (failure !== undefined) return unknown('Not known', `${failure} Whether anything is watched cannot be told.`);
  if (!status) return unknown('Asking', 'Where the triggers stand is being asked.');
  if (ageMs > policy.triggers.listLateAfterMs) {
    return unknown('Not known', `The server was last heard ${formatAge(ageMs / 1_000)} ago.`);
  }
  const words = describeStatus(status);
  if (!words.isArmed) return words;
  if (status.triggerCount === 0 && watching.length > 0) {
    return unknown('Not armed', 'The triggers that were saved are about to be taken up.');
  }
  const untold = watching.filter(isUntold).length;
  if (untold === 0) return words;
  const counted = `${formatNumber(untold, 0)} of ${formatNumber(watching.length, 0)} cannot be told.`;
  const meaning = status.problem === null ? counted : `${status.problem} ${counted}`;
  return { tone: 'warning', word: 'Armed in part', meaning, isArmed: true, isBlind: true };
}
