import 'server-only';
import { policy } from '@/lib/config/policy';
import type { Clock } from '@/lib/feeds/clock';
import { type ClaimedDelivery, claimDeliveries, settleDelivery } from '../storage/deliveries';
import { inTransaction } from '../storage/in-transaction';
import type { Db } from '../storage/schema';
import { type ChannelForDelivery, readChannelForDelivery } from '../storage/secrets-for-delivery';
import type { DeliveryResult, Outbox, OutboxDelivery } from './outbox';

export interface StoredOutboxOptions {
  readonly db: Db;
  /** This instance; another after every start. */
  readonly owner: string;
  readonly clock: Clock;
}

const REMOVED = 'CHANNEL_REMOVED: The channel has been removed since.';

const toDetail = (result: DeliveryResult): string =>
  result.kind === 'delivered' ? 'Delivered.' : `${result.code}: ${result.problem}`;

/** The stored body (`AlertBody`) with what the storage gives an alert: its key and the number of its firing. */
const toMessage = ({ body, key, firingId }: ClaimedDelivery): object => ({
  ...(body as object | null),
  idempotencyKey: key,
  firingId: String(firingId),
});

/**
 * The outbox of the database, shared with every other instance. What belongs to a channel that was removed becomes a dead letter when it
 * falls due. Errors: `StorageUnavailableError`; then nothing was claimed, or the outcome may be stored again.
 */
export function createStoredOutbox({ db, owner, clock }: StoredOutboxOptions): Outbox {
  /** What this instance is sending: an outcome counts for the attempt it belongs to. */
  const claimed = new Map<string, ClaimedDelivery>();
  return {
    async claim(limit, exceptChannels) {
      const nowMs = clock.now();
      const request = { owner, limit, exceptChannels, nowMs, leaseMs: policy.storage.deliveryLeaseMs };
      return inTransaction(db, async (transaction) => {
        const deliveries = await claimDeliveries(transaction, request);
        const channels = await readChannels(transaction, deliveries);
        const ready: OutboxDelivery[] = [];
        for (const delivery of deliveries) {
          const { id, channelId, failures } = delivery;
          const channel = channels.get(channelId);
          if (channel) {
            claimed.set(String(id), delivery);
            ready.push({
              id: String(id),
              channel: { id: channelId, ...channel },
              failures,
              message: toMessage(delivery),
            });
          } else await settleDelivery(transaction, delivery, { kind: 'dead', detail: REMOVED }, nowMs);
        }
        return ready;
      });
    },
    async settle(id, result) {
      const delivery = claimed.get(id);
      if (!delivery) return;
      await settleDelivery(db, delivery, { ...result, detail: toDetail(result) }, result.atMs);
      // Claimed again meanwhile, after its lease ran out, it is another attempt.
      if (claimed.get(id) === delivery) claimed.delete(id);
    },
  };
}

async function readChannels(
  db: Db,
  deliveries: readonly ClaimedDelivery[],
): Promise<ReadonlyMap<string, ChannelForDelivery>> {
  const channels = new Map<string, ChannelForDelivery>();
  for (const id of new Set(deliveries.map(({ channelId }) => channelId))) {
    const channel = await readChannelForDelivery(db, id);
    if (channel) channels.set(id, channel);
  }
  return channels;
}
