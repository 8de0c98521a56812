import 'server-only';
import { sql } from 'kysely';
import { toJsonb } from './column-types';
import { deliveryKey } from './delivery-key';
import { inTransaction } from './in-transaction';
import { holdLease, type Lease } from './leases';
import { saveProgress, type WatchProgress } from './progress';
import type { Db } from './schema';
import { StorageConflictError } from './storage-error';
import { wake } from './wake-ups';

/** One message to one channel about a firing. */
export interface NewDelivery {
  readonly channelId: string;
  /** 0: at once; from 1 on: only as long as nobody has acknowledged by `notBeforeMs`. */
  readonly step: number;
  readonly notBeforeMs: number;
  readonly body: unknown;
}

/** What has become of one trigger on one subject. */
export interface Transition {
  readonly triggerId: string;
  /** By which definition it was judged. */
  readonly triggerVersion: number;
  readonly subject: string;
  /** Of the state machine, to go on from. */
  readonly state: unknown;
  /** Counts the firings of this trigger on this subject, over all versions. */
  readonly episode: number;
  /** Absent: only the state has changed. */
  readonly firing?: {
    readonly severity: string;
    readonly firedAtMs: number;
    readonly record: unknown;
    readonly deliveries: readonly NewDelivery[];
  };
}

export interface FiringBatch {
  readonly transitions: readonly Transition[];
  readonly atMs: number;
  /** Refuses the batch if another instance has taken this work over. */
  readonly lease?: Lease;
  /** How far the chain has been watched once this is recorded. */
  readonly progress?: WatchProgress;
}

export interface RecordedFiring {
  /** Rises with the order in which firings became visible: whoever has read to one id has missed none below it. */
  readonly id: number;
  readonly triggerId: string;
  readonly subject: string;
  readonly episode: number;
}

/** So that ids become visible in their order, whichever instance writes them: firings are recorded by one transaction at a time. */
const RECORDING_LOCK = 4_201_601;

/** Always in one order, so that two instances never wait for each other's rows. */
const inOrder = (transitions: readonly Transition[]): readonly Transition[] =>
  [...transitions].sort((a, b) => compare(a.triggerId, b.triggerId) || compare(a.subject, b.subject));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function saveStates(db: Db, transitions: readonly Transition[], atMs: number): Promise<void> {
  const rows = toJsonb(
    transitions.map(({ triggerId, triggerVersion, subject, state, episode }) => ({
      trigger_id: triggerId,
      trigger_version: triggerVersion,
      subject,
      state,
      episode,
    })),
  );
  const { numAffectedRows } = await sql`
    insert into trigger_states (trigger_id, subject, trigger_version, state, episode, updated_at)
    select trigger_id, subject, trigger_version, state, episode, ${atMs}::int8
    from jsonb_to_recordset(${rows}::jsonb)
      as given (trigger_id text, subject text, trigger_version int8, state jsonb, episode int8)
    on conflict (trigger_id, subject) do update
    set trigger_version = excluded.trigger_version, state = excluded.state, episode = excluded.episode, updated_at = excluded.updated_at
    where trigger_states.episode <= excluded.episode`.execute(db);
  if (numAffectedRows === BigInt(transitions.length)) return;
  throw new StorageConflictError('STALE_STATE', 'A trigger has fired again since the state that was to be saved.', {
    nextStep: 'Read the states again and go on from them.',
  });
}

/** The rows of a batch's firings, and of the messages about them, each with the name of its firing. */
function toRows(transitions: readonly Transition[]): { readonly firings: object[]; readonly deliveries: object[] } {
  const firings: object[] = [];
  const deliveries: object[] = [];
  for (const { triggerId, triggerVersion, subject, episode, firing } of transitions) {
    if (!firing) continue;
    const name = { trigger_id: triggerId, subject, episode };
    const { severity, firedAtMs, record } = firing;
    firings.push({ ...name, trigger_version: triggerVersion, severity, fired_at: firedAtMs, record });
    for (const { channelId, step, notBeforeMs, body } of firing.deliveries) {
      const key = deliveryKey({ triggerId, subject, episode, channelId, step });
      deliveries.push({ ...name, key, channel_id: channelId, step, not_before: notBeforeMs, body });
    }
  }
  return { firings, deliveries };
}

async function insertFirings(
  db: Db,
  transitions: readonly Transition[],
  atMs: number,
): Promise<readonly RecordedFiring[]> {
  const { firings, deliveries } = toRows(transitions);
  if (firings.length === 0) return [];
  await sql`select pg_advisory_xact_lock(${RECORDING_LOCK}::int8)`.execute(db);
  // One statement: deliveries belong to the firings that are new, and to no others. A firing that is there has its own already.
  const { rows } = await sql<{ id: number; trigger_id: string; subject: string; episode: number }>`
    with fresh as (
      insert into firings (trigger_id, trigger_version, subject, episode, severity, fired_at, record, recorded_at)
      select trigger_id, trigger_version, subject, episode, severity, fired_at, record, ${atMs}::int8
      from jsonb_to_recordset(${toJsonb(firings)}::jsonb) as given (
        trigger_id text, trigger_version int8, subject text, episode int8, severity text, fired_at int8, record jsonb
      )
      on conflict (trigger_id, subject, episode) do nothing
      returning id, trigger_id, subject, episode
    ), sent as (
      insert into deliveries (key, firing_id, channel_id, step, not_before, body)
      select key, fresh.id, channel_id, step, not_before, body
      from jsonb_to_recordset(${toJsonb(deliveries)}::jsonb) as given (
        trigger_id text, subject text, episode int8, key text, channel_id text, step int4, not_before int8, body jsonb
      )
      join fresh using (trigger_id, subject, episode)
    )
    select id, trigger_id, subject, episode from fresh order by id`.execute(db);
  return rows.map(({ id, trigger_id, subject, episode }) => ({ id, triggerId: trigger_id, subject, episode }));
}

/**
 * Records what has become of triggers: their states, the firings and the messages about them, and how far the chain was watched, all in one
 * transaction. Gives the firings that are new.
 *
 * It may be repeated after a failure of which nobody knows whether it came before the commit or after: a firing is there once for its trigger,
 * subject and episode, and so are its messages. A batch names each trigger and subject once. On the embedded database a hundred firings hold
 * this thread up for some 60 ms, so much is better recorded in several batches.
 *
 * Errors: `StorageConflictError` LEASE, STALE_STATE, REFERENCE (no such trigger, version or channel); `StorageUnavailableError`. Then
 * nothing of the batch is recorded, unless the connection was lost during the commit.
 */
export function recordFirings(db: Db, batch: FiringBatch): Promise<readonly RecordedFiring[]> {
  return inTransaction(db, async (transaction) => {
    if (batch.lease) await holdLease(transaction, batch.lease);
    const transitions = inOrder(batch.transitions);
    if (transitions.length > 0) await saveStates(transaction, transitions, batch.atMs);
    const recorded = await insertFirings(transaction, transitions, batch.atMs);
    if (batch.progress) await saveProgress(transaction, batch.progress, batch.atMs);
    if (recorded.length > 0) {
      await wake(transaction, 'firings', String(recorded.at(-1)?.id));
      await wake(transaction, 'deliveries');
    }
    return recorded;
  });
}
