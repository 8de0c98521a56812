import 'server-only';
import type { ColumnType, Generated, Kysely } from 'kysely';

/** A document: written as the text of `toJsonb`, read parsed. */
export type Json = ColumnType<unknown, string, string>;
/** Given by the database, counted up. */
type Id = ColumnType<number, never, never>;

export type DeliveryState = 'pending' | 'leased' | 'delivered' | 'dead' | 'cancelled';
export type EditAction = 'save' | 'mute' | 'snooze' | 'delete' | 'expire';

/** Tables and columns as TypeScript sees them. Times (`…_at`, `…_until`, `not_before`) are milliseconds since 1970. */
export interface Tables {
  triggers: {
    id: string;
    /** 1 at first, and one more with every edit. */
    version: number;
    definition: Json;
    muted_until: number | null;
    snoozed_until: number | null;
    created_at: number;
    updated_at: number;
    ended_at: number | null;
    end_reason: 'delete' | 'expire' | null;
  };
  trigger_edits: {
    trigger_id: string;
    version: number;
    action: EditAction;
    /** What was saved, or until when it is muted or snoozed. */
    change: Json;
    edited_at: number;
  };
  trigger_states: {
    trigger_id: string;
    subject: string;
    trigger_version: number;
    state: Json;
    episode: number;
    updated_at: number;
  };
  firings: {
    id: Id;
    trigger_id: string;
    trigger_version: number;
    subject: string;
    episode: number;
    severity: string;
    fired_at: number;
    record: Json;
    recorded_at: number;
  };
  acknowledgements: { firing_id: number; by: string; note: string | null; acknowledged_at: number };
  channels: {
    id: string;
    kind: string;
    name: string;
    config: Json;
    version: number;
    created_at: number;
    updated_at: number;
    removed_at: number | null;
  };
  channel_secrets: { channel_id: string; name: string; value: string; updated_at: number };
  deliveries: {
    id: Id;
    /** The same for every attempt, and for the same firing, channel and step for ever. */
    key: string;
    firing_id: number;
    channel_id: string;
    /** 0: at once; from 1 on: only as long as nobody has acknowledged. */
    step: number;
    body: Json;
    state: Generated<DeliveryState>;
    not_before: number;
    /** Begun; which one holds the lease. */
    attempts: Generated<number>;
    /** Ended in an error; an attempt that was cut short is none of these. */
    failures: Generated<number>;
    lease_owner: string | null;
    lease_until: number | null;
    settled_at: number | null;
  };
  delivery_attempts: {
    id: Id;
    /** `null`: the test button. */
    delivery_id: number | null;
    channel_id: string;
    attempt: number;
    ok: boolean;
    detail: string;
    attempted_at: number;
  };
  watched_owners: { chain_id: number; address: string; label: string; watched_at: number };
  stored_books: { id: string; name: string; document: Json; stored_at: number };
  watch_progress: {
    genesis_hash: string;
    shard: string;
    block_number: number;
    block_hash: string;
    updated_at: number;
  };
  leases: { name: string; owner: string | null; token: Generated<number>; lease_until: number | null };
  price_samples: {
    genesis_hash: string;
    asset: string;
    source: string;
    sampled_at: number;
    /** Exact, a decimal string. */
    price: string;
  };
  push_subscriptions: { endpoint: string; keys: Json; subscribed_at: number };
  vapid_keys: { id: number; public_key: string; private_key: string; created_at: number };
  settings: { name: string; value: Json; updated_at: number };
}

/** The handle every repository takes: the database, or a transaction on it. */
export type Db = Kysely<Tables>;
