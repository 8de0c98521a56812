import type { Tone } from '@/components/ui/tag';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import { policy } from '@/lib/config/policy';
import { formatAge } from '@/lib/format/format-age';
import { formatNumber } from '@/lib/format/format-number';
import { formatClockTime } from '@/lib/format/format-time';

/** Whether anything is watched, in a word with its shape and in a sentence. */
export interface WatchWords {
  readonly tone: Tone;
  readonly word: string;
  readonly meaning: string;
  /** Certain, and now: whatever else says "armed" is believed only then. */
  readonly isArmed: boolean;
}

const not = (tone: Tone, word: string, meaning: string): WatchWords => ({ tone, word, meaning, isArmed: false });
const blocks = (count: number): string => `${formatNumber(count, 0)} ${count === 1 ? 'block' : 'blocks'}`;

function describeUnarmed({ behind, problem }: WatchStatus): WatchWords {
  if (problem !== null) return not('liquidatable', 'Not armed', problem);
  if (behind > 0) {
    return not(
      'warning',
      `Catching up ${blocks(behind)}`,
      'Blocks that went by while nobody watched are looked at one by one.',
    );
  }
  return not('unknown', 'Not armed', 'Nothing has been looked at yet.');
}

/**
 * What the head of the list says. `ageMs`: since the server said so, by its own clock; `failure`: why it could not be asked. What is old, or was
 * not heard at all, is never told as armed.
 */
export function describeWatch(
  status: WatchStatus | undefined,
  ageMs: number,
  failure: string | undefined,
  listedCount = 0,
): WatchWords {
  if (failure !== undefined)
    return not('unknown', 'Not known', `${failure} Whether anything is watched cannot be told.`);
  if (!status) return not('unknown', 'Asking', 'Where the triggers stand is being asked.');
  if (ageMs > policy.triggers.listLateAfterMs) {
    return not('unknown', 'Not known', `The server was last heard ${formatAge(ageMs / 1_000)} ago.`);
  }
  if (status.pausedSinceMs !== null) {
    return not('paused', `Paused since ${formatClockTime(status.pausedSinceMs)}`, 'Nothing fires until you resume.');
  }
  if (!status.isArmed) return describeUnarmed(status);
  if (status.problem !== null)
    return { tone: 'warning', word: 'Armed, with trouble', meaning: status.problem, isArmed: true };
  if (status.triggerCount === 0 && listedCount > 0) {
    return not('unknown', 'Not armed', 'The triggers that were saved are about to be taken up.');
  }
  if (status.triggerCount === 0) return { ...not('neutral', 'Nothing to watch', 'No trigger is set.'), isArmed: true };
  return {
    tone: 'safe',
    word: 'Armed',
    meaning: 'Looked at with every block, oracle update and market price.',
    isArmed: true,
  };
}
