import 'server-only';
import type { DeadLetters } from '@/lib/alerts/dead-letters';
import { policy } from '@/lib/config/policy';
import { listDeliveries } from '../storage/deliveries';
import { listDeliveriesOf } from '../storage/deliveries-of-firings';
import type { Db } from '../storage/schema';
import { listLoggedFirings, toLoggedDelivery } from './list-logged-firings';

/** Messages that were given up, newest first, each with what it was to tell. */
export async function listDeadLetters(db: Db, beforeId: number | undefined): Promise<DeadLetters> {
  const limit = policy.alerts.pageSize;
  const dead = await listDeliveries(db, { state: 'dead', limit, ...(beforeId !== undefined && { beforeId }) });
  const firingIds = [...new Set(dead.map(({ firingId }) => firingId))];
  const [firings, deliveries] = await Promise.all([
    listLoggedFirings(db, { ids: firingIds, limit: policy.storage.maxPage }),
    listDeliveriesOf(db, firingIds),
  ]);
  const rows = dead.flatMap(({ id, firingId }) => {
    const delivery = deliveries.find((one) => one.id === id);
    const firing = firings.find((one) => one.id === firingId);
    if (!delivery || !firing) return [];
    const { triggerName, firing: record } = firing;
    return [{ ...toLoggedDelivery(delivery), firingId, triggerName, sentence: record.sentence }];
  });
  return { deliveries: rows, nextBeforeId: dead.length === limit ? (dead.at(-1)?.id ?? null) : null };
}
