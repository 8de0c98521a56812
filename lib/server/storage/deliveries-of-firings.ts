import 'server-only';
import { sql } from 'kysely';
import type { StoredDelivery } from './deliveries';
import type { Db } from './schema';

/** A message with the channel it goes to, also one that was removed since. */
export interface DeliveryOfFiring extends StoredDelivery {
  readonly channelName: string;
  readonly channelKind: string;
}

/** All messages about some firings, in the order of their steps. */
export async function listDeliveriesOf(db: Db, firingIds: readonly number[]): Promise<readonly DeliveryOfFiring[]> {
  if (firingIds.length === 0) return [];
  const { rows } = await sql<DeliveryOfFiring>`
    select d.id, d.key, d.firing_id as "firingId", d.channel_id as "channelId", d.step, d.state, d.not_before as "notBeforeMs",
      d.attempts, d.settled_at as "settledAtMs",
      (select a.detail from delivery_attempts a where a.delivery_id = d.id order by a.id desc limit 1) as "lastDetail",
      c.name as "channelName", c.kind as "channelKind"
    from deliveries d join channels c on c.id = d.channel_id
    where d.firing_id in (${sql.join(firingIds)})
    order by d.firing_id, d.step, d.id`.execute(db);
  return rows;
}
