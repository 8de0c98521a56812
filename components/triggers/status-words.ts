import type { Tone } from '@/components/ui/tag';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';

export interface StatusWords {
  readonly tone: Tone;
  readonly word: string;
  readonly meaning: string;
  /** The most urgent is 0. */
  readonly urgency: number;
}

const WORDS = {
  fired: { tone: 'danger', word: 'Fired', meaning: 'It has fired and has not re-armed since.', urgency: 0 },
  broken: { tone: 'liquidatable', word: 'Broken', meaning: 'It cannot be watched at all.', urgency: 1 },
  blind: { tone: 'unknown', word: 'Blind', meaning: 'It cannot be told whether it would fire.', urgency: 2 },
  dwelling: { tone: 'warning', word: 'Dwelling', meaning: 'It holds, but not for long enough yet.', urgency: 3 },
  paused: { tone: 'paused', word: 'Paused', meaning: 'Everything is paused: nothing fires.', urgency: 4 },
  snoozed: {
    tone: 'paused',
    word: 'Snoozed',
    meaning: 'Nothing fires until the snooze is over; then what still holds does.',
    urgency: 5,
  },
  cooldown: {
    tone: 'watch',
    word: 'Cooling down',
    meaning: 'It fired a short while ago; nothing fires until the cooldown is over.',
    urgency: 6,
  },
  armed: { tone: 'safe', word: 'Armed', meaning: 'It watches.', urgency: 7 },
  expired: { tone: 'neutral', word: 'Expired', meaning: 'Its time is over.', urgency: 8 },
  deleted: { tone: 'neutral', word: 'Deleted', meaning: 'It was deleted.', urgency: 9 },
} as const satisfies Readonly<Record<string, StatusWords>>;

/** A word that this page does not know, or what nobody looks at now: neither may pass for armed. */
const UNSEEN: StatusWords = {
  tone: 'unknown',
  word: 'Not watched',
  meaning: 'It is not looked at now: see above.',
  urgency: 2,
};

const ENDED: ReadonlySet<string> = new Set(['expired', 'deleted', 'broken', 'paused']);

/**
 * A status as it is shown: its word, shape and sentence. While the watch as a whole is not armed (`isWatched` false) nothing that lives passes for
 * watched, whatever its own state was.
 */
export function statusWords(status: string, isWatched: boolean): StatusWords {
  const words = Object.hasOwn(WORDS, status) ? WORDS[status as keyof typeof WORDS] : undefined;
  if (!words) return UNSEEN;
  return isWatched || ENDED.has(status) || status === 'fired' ? words : UNSEEN;
}

/** A trigger's own status in words; of a blind one with the reason of the first subject that has one. */
export function triggerStatusWords(trigger: ListedTrigger, isWatched: boolean): StatusWords {
  const words = statusWords(trigger.status, isWatched);
  if (trigger.problem !== null) return { ...words, meaning: trigger.problem };
  if (trigger.status !== 'blind') return words;
  const blind = trigger.subjects.find(({ status }) => status === 'blind');
  const reason = blind?.standing.find((one) => one.reason !== undefined)?.reason;
  return reason === undefined ? words : { ...words, meaning: reason };
}
