import type { Tone } from '@/components/ui/tag';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import { formatNumber } from '@/lib/format/format-number';
import type { AlertState } from '@/lib/stores/alert-store';

export interface WatchWords {
  readonly tone: Tone;
  readonly word: string;
  /** What it means for whoever relies on being warned. */
  readonly meaning: string;
  /** Somebody could believe to be warned and is not. */
  readonly isBlind: boolean;
}

const LOST: WatchWords = {
  tone: 'liquidatable',
  word: 'not listening',
  meaning: 'This browser no longer hears of alerts. Other channels may still get them. It keeps trying.',
  isBlind: true,
};

const CONNECTING: WatchWords = {
  tone: 'unknown',
  word: 'connecting',
  meaning: 'Asking Ballast what it watches.',
  isBlind: false,
};

/** Whether triggers are watched, in a word and a sentence, by the server's own account. Pure. */
function describeStatus({ isArmed, behind, triggerCount, problem, pausedSinceMs }: WatchStatus): WatchWords {
  if (pausedSinceMs !== null) {
    return {
      tone: 'paused',
      word: 'paused',
      meaning: 'Somebody paused all alerts: nothing will warn you.',
      isBlind: true,
    };
  }
  if (!isArmed && behind > 0) {
    const blocks = behind === 1 ? '1 block' : `${formatNumber(behind, 0)} blocks`;
    const meaning = problem ?? 'What went by is looked at first; new alerts come after it.';
    return { tone: 'warning', word: `catching up ${blocks}`, meaning, isBlind: true };
  }
  if (!isArmed) {
    const meaning = problem ?? 'Triggers are not watched now.';
    return { tone: 'liquidatable', word: 'cannot see', meaning, isBlind: triggerCount > 0 };
  }
  if (problem !== null) return { tone: 'warning', word: 'armed in part', meaning: problem, isBlind: true };
  if (triggerCount === 0) {
    return {
      tone: 'neutral',
      word: 'no triggers',
      meaning: 'Nothing is watched: there is no trigger yet.',
      isBlind: false,
    };
  }
  const meaning =
    triggerCount === 1 ? '1 trigger is watched.' : `${formatNumber(triggerCount, 0)} triggers are watched.`;
  return { tone: 'safe', word: 'armed', meaning, isBlind: false };
}

/** Whether this browser would hear of an alert: as `describeStatus`, unless it does not hear from the server at all. Pure. */
export function describeWatch({ connection, status }: Pick<AlertState, 'connection' | 'status'>): WatchWords {
  if (connection === 'lost') return LOST;
  return status ? describeStatus(status) : CONNECTING;
}
