import 'server-only';
import type { ListedStatus, ListedSubject, ListedTrigger, TriggerList } from '@/lib/alerts/listed-trigger';
import { describeTrigger, type TriggerNames } from '@/lib/triggers/describe-trigger';
import { parseTrigger } from '@/lib/triggers/parse-trigger';
import { prepareTrigger } from '@/lib/triggers/prepare-trigger';
import type { SubjectStanding } from '@/lib/watch/describe-subject';
import type { TriggerStanding } from '@/lib/watch/trigger-watch';
import { listLastFirings, listTriggers, type StoredTrigger } from '../storage/triggers';
import { listStoredBooks } from '../storage/watched';
import { readWatchStatus } from './read-watch-status';
import type { Alerting } from './start-alerting';
import { toTriggerNames } from './trigger-names';

const toListedSubject = ({ subjectId, subjectName, status, state, standing }: SubjectStanding): ListedSubject => ({
  id: subjectId,
  name: subjectName,
  status,
  firedAtMs: state.firedAtMs,
  episode: state.episode,
  standing: [...standing],
});

interface ListContext {
  readonly names: TriggerNames;
  readonly isPaused: boolean;
  readonly lastFirings: ReadonlyMap<string, number>;
  readonly standings: ReadonlyMap<string, TriggerStanding>;
}

function readDefinition(definition: unknown, names: TriggerNames) {
  try {
    const trigger = parseTrigger(definition);
    const { name, severity } = trigger;
    return { name, severity, sentence: describeTrigger(prepareTrigger(trigger), names), problem: null };
  } catch (cause) {
    const problem = `It cannot be watched: ${cause instanceof Error ? cause.message : String(cause)}`;
    return { name: 'Unreadable trigger', severity: 'critical', sentence: '', problem };
  }
}

function computeStatus(
  { ended }: StoredTrigger,
  problem: string | null,
  subjects: readonly SubjectStanding[],
  isPaused: boolean,
): ListedStatus {
  if (ended) return ended.reason === 'delete' ? 'deleted' : 'expired';
  if (problem !== null) return 'broken';
  if (isPaused) return 'paused';
  // Not looked at yet, it cannot be told whether it would fire.
  return subjects[0]?.status ?? 'blind';
}

function toListedTrigger(stored: StoredTrigger, context: ListContext): ListedTrigger {
  const { names, isPaused, lastFirings, standings } = context;
  const read = readDefinition(stored.definition, names);
  const { subjects = [], subjectCount = 0 } = standings.get(stored.id) ?? {};
  return {
    id: stored.id,
    version: stored.version,
    definition: stored.definition,
    ...read,
    status: computeStatus(stored, read.problem, subjects, isPaused),
    mutedUntilMs: stored.mutedUntilMs,
    snoozedUntilMs: stored.snoozedUntilMs,
    createdAtMs: stored.createdAtMs,
    updatedAtMs: stored.updatedAtMs,
    lastFiredAtMs: lastFirings.get(stored.id) ?? null,
    subjects: subjects.map(toListedSubject),
    subjectCount,
    ended: stored.ended,
  };
}

const toNames = (books: readonly { readonly id: string; readonly name: string }[]) =>
  new Map(books.map(({ id, name }) => [id, name]));

/** All triggers that watch, or those that have ended, each with where it stands now. Errors: `StorageUnavailableError`. */
export async function listTriggersNow(alerting: Alerting, which: 'watching' | 'ended'): Promise<TriggerList> {
  const { storage, watcher, owners, reading, clock } = alerting;
  const [stored, lastFirings, books] = await Promise.all([
    listTriggers(storage.db, which),
    listLastFirings(storage.db),
    listStoredBooks(storage.db),
  ]);
  const status = readWatchStatus(alerting);
  const names = toTriggerNames({ reading: reading(), nameOwner: (owner) => owners.name(owner), books: toNames(books) });
  const standings = new Map(watcher.describe(stored.map(({ id }) => id)).map((each) => [each.triggerId, each]));
  const context = { names, lastFirings, standings, isPaused: status.pausedSinceMs !== null };
  return {
    serverTimeMs: clock.now(),
    status,
    triggers: stored.map((trigger) => toListedTrigger(trigger, context)),
  };
}
