import 'server-only';
import type { Db } from './schema';

/** A channel as it is used: with its secrets. */
export interface ChannelForDelivery {
  readonly kind: string;
  readonly config: unknown;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * The one way secrets come out, for whoever sends; the rules of imports keep everybody else away. `undefined`: the channel was removed, or
 * never there.
 */
export async function readChannelForDelivery(db: Db, id: string): Promise<ChannelForDelivery | undefined> {
  const channel = await db
    .selectFrom('channels')
    .select(['kind', 'config'])
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  if (!channel) return undefined;
  const rows = await db.selectFrom('channel_secrets').select(['name', 'value']).where('channel_id', '=', id).execute();
  return { ...channel, secrets: Object.fromEntries(rows.map(({ name, value }) => [name, value])) };
}
