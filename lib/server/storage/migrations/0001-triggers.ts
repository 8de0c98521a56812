import 'server-only';
import { type Kysely, type Migration, sql } from 'kysely';
import { APPEND_ONLY_STATE } from '../storage-error';

/** Rows of these are facts: what was saved, fired, seen and sent, and when. */
const APPEND_ONLY = ['trigger_edits', 'firings', 'acknowledgements', 'delivery_attempts'] as const;

const TABLES = [
  `create table triggers (
    id text primary key,
    version int8 not null check (version > 0),
    definition jsonb not null,
    muted_until int8,
    snoozed_until int8,
    created_at int8 not null,
    updated_at int8 not null,
    ended_at int8,
    end_reason text check (end_reason in ('delete', 'expire')),
    check ((ended_at is null) = (end_reason is null))
  )`,
  `create table trigger_edits (
    trigger_id text not null references triggers,
    version int8 not null,
    action text not null check (action in ('save', 'mute', 'snooze', 'delete', 'expire')),
    change jsonb not null,
    edited_at int8 not null,
    primary key (trigger_id, version)
  )`,
  `create table trigger_states (
    trigger_id text not null references triggers,
    subject text not null,
    trigger_version int8 not null,
    state jsonb not null,
    episode int8 not null check (episode >= 0),
    updated_at int8 not null,
    primary key (trigger_id, subject)
  )`,
  `create table firings (
    id int8 generated always as identity primary key,
    trigger_id text not null,
    trigger_version int8 not null,
    subject text not null,
    episode int8 not null,
    severity text not null,
    fired_at int8 not null,
    record jsonb not null,
    recorded_at int8 not null,
    unique (trigger_id, subject, episode),
    foreign key (trigger_id, trigger_version) references trigger_edits
  )`,
  `create table acknowledgements (
    firing_id int8 primary key references firings,
    "by" text not null,
    note text,
    acknowledged_at int8 not null
  )`,
  `create table channels (
    id text primary key,
    kind text not null,
    name text not null,
    config jsonb not null,
    version int8 not null check (version > 0),
    created_at int8 not null,
    updated_at int8 not null,
    removed_at int8
  )`,
  `create table channel_secrets (
    channel_id text not null references channels,
    name text not null,
    value text not null,
    updated_at int8 not null,
    primary key (channel_id, name)
  )`,
  `create table deliveries (
    id int8 generated always as identity primary key,
    key text not null unique,
    firing_id int8 not null references firings,
    channel_id text not null references channels,
    step int4 not null check (step >= 0),
    body jsonb not null,
    state text not null default 'pending' check (state in ('pending', 'leased', 'delivered', 'dead', 'cancelled')),
    not_before int8 not null,
    attempts int4 not null default 0,
    failures int4 not null default 0,
    lease_owner text,
    lease_until int8,
    settled_at int8,
    check ((state = 'leased') = (lease_owner is not null) and (state = 'leased') = (lease_until is not null)),
    check ((state in ('delivered', 'dead', 'cancelled')) = (settled_at is not null))
  )`,
  `create index deliveries_due on deliveries (not_before, id) where state in ('pending', 'leased')`,
  `create index deliveries_of_firing on deliveries (firing_id)`,
  `create index deliveries_dead on deliveries (id) where state = 'dead'`,
  `create table delivery_attempts (
    id int8 generated always as identity primary key,
    delivery_id int8 references deliveries,
    channel_id text not null references channels,
    attempt int4 not null,
    ok boolean not null,
    detail text not null,
    attempted_at int8 not null
  )`,
  `create index attempts_of_channel on delivery_attempts (channel_id, ok, id desc)`,
  `create table watched_owners (
    chain_id int8 not null,
    address text not null,
    label text not null,
    watched_at int8 not null,
    primary key (chain_id, address)
  )`,
  `create table stored_books (
    id text primary key,
    name text not null,
    document jsonb not null,
    stored_at int8 not null
  )`,
  `create table watch_progress (
    genesis_hash text not null,
    shard text not null,
    block_number int8 not null,
    block_hash text not null,
    updated_at int8 not null,
    primary key (genesis_hash, shard)
  )`,
  `create table leases (
    name text primary key,
    owner text,
    token int8 not null default 0,
    lease_until int8,
    check ((owner is null) = (lease_until is null))
  )`,
  `create table price_samples (
    genesis_hash text not null,
    asset text not null,
    source text not null,
    sampled_at int8 not null,
    price text not null,
    primary key (genesis_hash, asset, source, sampled_at)
  )`,
  `create table push_subscriptions (
    endpoint text primary key,
    keys jsonb not null,
    subscribed_at int8 not null
  )`,
  `create table vapid_keys (
    id int4 primary key check (id = 1),
    public_key text not null,
    private_key text not null,
    created_at int8 not null
  )`,
  `create table settings (
    name text primary key,
    value jsonb not null,
    updated_at int8 not null
  )`,
];

async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of TABLES) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only: % is refused', tg_table_name, tg_op using errcode = '${APPEND_ONLY_STATE}';
      end $$`,
    )
    .execute(db);
  for (const table of APPEND_ONLY) {
    await sql
      .raw(
        `create trigger append_only before update or delete or truncate on ${table}
         for each statement execute function refuse_change()`,
      )
      .execute(db);
    // Else a session in replication mode would pass by it.
    await sql.raw(`alter table ${table} enable always trigger append_only`).execute(db);
  }
}

/** Everything triggers need, on an empty database. Forward only: a wrong migration is put right by the next one. */
export const triggersMigration: Migration = { up };
