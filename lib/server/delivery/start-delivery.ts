import 'server-only';
import type { DeliveryEnv } from '@/lib/config/delivery-env';
import type { Clock } from '@/lib/feeds/clock';
import type { Storage } from '../storage/open-storage';
import { listPushSubscriptions, readOrCreateVapidKeys, removePushSubscription } from '../storage/push';
import type { Db } from '../storage/schema';
import { toChannel } from '../storage/wake-ups';
import { createVapidKeys } from './create-vapid-keys';
import type { DeliverySurroundings } from './delivery-context';
import { type Dispatch, startDispatch } from './dispatch';
import { resolveHost } from './resolve-host';
import { sendAlert } from './send-alert';
import { createStoredOutbox } from './stored-outbox';

/**
 * What channels see of this server: its configuration, the system's name resolution, the browsers that have subscribed. Makes the VAPID keys
 * at the first call of all. Errors: `StorageUnavailableError`.
 */
export async function readSurroundings(db: Db, env: DeliveryEnv, clock: Clock): Promise<DeliverySurroundings> {
  return {
    clock,
    rules: { allowedNetworks: env.allowedNetworks, resolve: resolveHost },
    smtpHosts: env.smtpHosts,
    push: {
      vapidKeys: await readOrCreateVapidKeys(db, createVapidKeys, clock.now()),
      vapidSubject: env.vapidSubject,
      listSubscriptions: () => listPushSubscriptions(db),
      forgetSubscription: (endpoint) => removePushSubscription(db, endpoint),
    },
  };
}

export interface DeliveryOptions {
  readonly storage: Storage;
  /** This instance; another after every start. */
  readonly owner: string;
  readonly surroundings: DeliverySurroundings;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly onProblem: (error: unknown) => void;
}

/** Starts sending what lies in the storage's outbox, and what is put there by any instance. Several instances share the work. */
export function startDelivery({ storage, owner, surroundings, random, onProblem }: DeliveryOptions): Dispatch {
  const { db } = storage;
  const { clock } = surroundings;
  const dispatch = startDispatch({
    outbox: createStoredOutbox({ db, owner, clock }),
    clock,
    random,
    onProblem,
    send: ({ channel, message }) => sendAlert(message, channel, surroundings),
  });
  const stopListening = storage.listen(toChannel('deliveries'), dispatch.wake);
  return {
    wake: dispatch.wake,
    stop: () => {
      stopListening();
      return dispatch.stop();
    },
  };
}
