import 'server-only';
import type { ListedSubject, ListedTrigger, TriggerList } from '@/lib/alerts/listed-trigger';
import { policy } from '@/lib/config/policy';
import type { ConditionStanding } from '@/lib/triggers/describe-standing';
import { describeTrigger, type TriggerNames } from '@/lib/triggers/describe-trigger';
import { type MachineState, type MachineStatus, computeStatus as machineStatus } from '@/lib/triggers/machine';
import { parseTrigger } from '@/lib/triggers/parse-trigger';
import { prepareTrigger } from '@/lib/triggers/prepare-trigger';
import { listLastFirings, listTriggers, type StoredTrigger } from '../storage/triggers';
import { listBookNames } from '../storage/watched';
import { readWatchStatus } from './read-watch-status';
import type { Alerting } from './start-alerting';
import { toTriggerNames } from './trigger-names';

interface WatchedSubject {
  readonly subjectId: string;
  readonly subjectName: string;
  readonly status: MachineStatus;
  readonly standing: readonly ConditionStanding[];
  readonly state: MachineState;
}

/** The most urgent first: what has fired, what cannot be seen, what is about to fire. */
const URGENCY: readonly MachineStatus[] = ['fired', 'blind', 'dwelling', 'snoozed', 'cooldown', 'armed', 'expired'];
const urgencyOf = ({ status }: WatchedSubject): number => URGENCY.indexOf(status);

const toListedSubject = ({ subjectId, subjectName, status, state, standing }: WatchedSubject): ListedSubject => ({
  id: subjectId,
  name: subjectName,
  status,
  firedAtMs: state.firedAtMs,
  episode: state.episode,
  standing: standing.map(({ title, met, limit, figure, left, reason }) => ({
    title,
    met,
    limit,
    figure,
    left,
    reason,
  })),
});

interface ListContext {
  readonly names: TriggerNames;
  readonly isPaused: boolean;
  readonly lastFirings: ReadonlyMap<string, number>;
  readonly subjectsOf: ReadonlyMap<string, readonly WatchedSubject[]>;
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
  subjects: readonly WatchedSubject[],
  isPaused: boolean,
): string {
  if (ended) return ended.reason === 'delete' ? 'deleted' : 'expired';
  if (problem !== null) return 'broken';
  if (isPaused) return 'paused';
  // Not looked at yet, it cannot be told whether it would fire.
  return subjects[0]?.status ?? 'blind';
}

function toListedTrigger(stored: StoredTrigger, context: ListContext): ListedTrigger {
  const { names, isPaused, lastFirings, subjectsOf } = context;
  const read = readDefinition(stored.definition, names);
  const subjects = [...(subjectsOf.get(stored.id) ?? [])].sort((a, b) => urgencyOf(a) - urgencyOf(b));
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
    subjects: subjects.slice(0, policy.alerts.mostSubjectsListed).map(toListedSubject),
    subjectCount: subjects.length,
    ended: stored.ended,
  };
}

/** All triggers that watch, or those that have ended, each with where it stands now. Errors: `StorageUnavailableError`. */
export async function listTriggersNow(alerting: Alerting, which: 'watching' | 'ended'): Promise<TriggerList> {
  const { storage, watcher, owners, reading, clock } = alerting;
  const [stored, lastFirings, books] = await Promise.all([
    listTriggers(storage.db, which),
    listLastFirings(storage.db),
    listBookNames(storage.db),
  ]);
  const status = readWatchStatus(alerting);
  const names = toTriggerNames({ reading: reading(), nameOwner: (owner) => owners.name(owner), books });
  const subjectsOf = new Map(
    stored.map(({ id }) => [
      id,
      [...watcher.statesOf(id)].map(
        ([subjectId, state]): WatchedSubject => ({
          subjectId,
          subjectName: subjectId,
          status: machineStatus(state, clock.now()),
          standing: [],
          state,
        }),
      ),
    ]),
  );
  const context = { names, lastFirings, subjectsOf, isPaused: status.pausedSinceMs !== null };
  return {
    serverTimeMs: clock.now(),
    status,
    triggers: stored.map((trigger) => toListedTrigger(trigger, context)),
  };
}
