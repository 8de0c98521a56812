import 'server-only';
import { toJsonb } from './column-types';
import type { Db } from './schema';

/** A browser that takes messages while no page is open. */
export interface PushSubscription {
  readonly endpoint: string;
  /** The browser's public key and shared secret, as it gave them. */
  readonly keys: unknown;
}

export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Keeps a browser's subscription; one it had before under the same endpoint is replaced. */
export async function savePushSubscription(db: Db, { endpoint, keys }: PushSubscription, atMs: number): Promise<void> {
  const columns = { keys: toJsonb(keys), subscribed_at: atMs };
  await db
    .insertInto('push_subscriptions')
    .values({ endpoint, ...columns })
    .onConflict((on) => on.column('endpoint').doUpdateSet(columns))
    .execute();
}

/** Forgets a browser: it has unsubscribed, or its push service says that it is gone. */
export async function removePushSubscription(db: Db, endpoint: string): Promise<void> {
  await db.deleteFrom('push_subscriptions').where('endpoint', '=', endpoint).execute();
}

/** Every browser that takes messages, by age. */
export async function listPushSubscriptions(db: Db): Promise<readonly PushSubscription[]> {
  return db
    .selectFrom('push_subscriptions')
    .select(['endpoint', 'keys'])
    .orderBy('subscribed_at')
    .orderBy('endpoint')
    .execute();
}

/**
 * The keys by which this server shows itself to push services, made by `generate` at the first call and never again: with others, every
 * subscription would be void. Of instances that start at once, all get the same.
 */
export async function readOrCreateVapidKeys(db: Db, generate: () => VapidKeys, atMs: number): Promise<VapidKeys> {
  const read = () => db.selectFrom('vapid_keys').select(['public_key', 'private_key']).executeTakeFirst();
  let row = await read();
  if (!row) {
    const { publicKey, privateKey } = generate();
    await db
      .insertInto('vapid_keys')
      .values({ id: 1, public_key: publicKey, private_key: privateKey, created_at: atMs })
      .onConflict((on) => on.column('id').doNothing())
      .execute();
    row = await read();
  }
  if (!row) throw new Error('The keys that were just written are not there.');
  return { publicKey: row.public_key, privateKey: row.private_key };
}
