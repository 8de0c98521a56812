import 'server-only';
import type { LoggedDelivery, LoggedFiring } from '@/lib/alerts/logged-firing';
import { parseFiring } from '@/lib/triggers/parse-firing';
import { type DeliveryOfFiring, listDeliveriesOf } from '../storage/deliveries-of-firings';
import { type FiringQuery, listFirings } from '../storage/firings';
import type { Db } from '../storage/schema';

/** A message as the log shows it. */
export const toLoggedDelivery = (delivery: DeliveryOfFiring): LoggedDelivery => ({
  id: delivery.id,
  channelId: delivery.channelId,
  channelName: delivery.channelName,
  channelKind: delivery.channelKind,
  step: delivery.step,
  state: delivery.state,
  attempts: delivery.attempts,
  notBeforeMs: delivery.notBeforeMs,
  settledAtMs: delivery.settledAtMs,
  lastDetail: delivery.lastDetail,
});

/** Firings as the log shows them, each with its messages. Errors: `InvalidInputError` TRIGGER_KEPT where a record is none. */
export async function listLoggedFirings(db: Db, query: FiringQuery): Promise<readonly LoggedFiring[]> {
  const stored = await listFirings(db, query);
  const deliveries = await listDeliveriesOf(
    db,
    stored.map(({ id }) => id),
  );
  return stored.map(({ id, triggerName, record, recordedAtMs, acknowledged }) => ({
    id,
    triggerName,
    firing: parseFiring(record),
    recordedAtMs,
    acknowledged,
    deliveries: deliveries.filter(({ firingId }) => firingId === id).map(toLoggedDelivery),
  }));
}
