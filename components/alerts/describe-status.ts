import type { Tone } from '@/components/ui/tag';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import { formatNumber } from '@/lib/format/format-number';
import { formatClockTime } from '@/lib/format/format-time';

/** Whether anything is watched, in a word with its shape and in a sentence. */
export interface WatchWords {
  readonly tone: Tone;
  readonly word: string;
  /** What it means for whoever relies on being warned. */
  readonly meaning: string;
  /** Certain, and now: whatever else says "armed" is believed only then. */
  readonly isArmed: boolean;
  /** Somebody could believe to be warned and is not. */
  readonly isBlind: boolean;
}

const blocks = (count: number): string => `${formatNumber(count, 0)} ${count === 1 ? 'block' : 'blocks'}`;

function describeUnarmed({ behind, problem, triggerCount }: WatchStatus): WatchWords {
  const shared = { isArmed: false, isBlind: behind > 0 || triggerCount > 0 };
  if (problem !== null) return { ...shared, tone: 'liquidatable', word: 'Not armed', meaning: problem };
  if (behind > 0) {
    const meaning = 'Blocks that went by while nobody watched are looked at first; new alerts come after them.';
    return { ...shared, tone: 'warning', word: `Catching up ${blocks(behind)}`, meaning };
  }
  return { ...shared, tone: 'unknown', word: 'Not armed', meaning: 'Triggers are not watched now.' };
}

/**
 * Whether triggers are watched, by the server's own account; the pause comes before all else. Pure.
 * Example: not armed with `behind` 1200 and no problem says "Catching up 1,200 blocks".
 */
export function describeStatus(status: WatchStatus): WatchWords {
  const { isArmed, triggerCount, problem, pausedSinceMs } = status;
  if (pausedSinceMs !== null) {
    const word = `Paused since ${formatClockTime(pausedSinceMs)}`;
    return { tone: 'paused', word, meaning: 'Nothing fires until alerts are resumed.', isArmed: false, isBlind: true };
  }
  if (!isArmed) return describeUnarmed(status);
  if (problem !== null) {
    return { tone: 'warning', word: 'Armed in part', meaning: problem, isArmed: true, isBlind: true };
  }
  if (triggerCount === 0) {
    const meaning = 'Nothing is watched: no trigger is set.';
    return { tone: 'neutral', word: 'No triggers', meaning, isArmed: true, isBlind: false };
  }
  const counted = triggerCount === 1 ? '1 trigger is' : `${formatNumber(triggerCount, 0)} triggers are`;
  const meaning = `${counted} looked at with every block, oracle update and market price.`;
  return { tone: 'safe', word: 'Armed', meaning, isArmed: true, isBlind: false };
}
