import 'server-only';
import { randomUUID } from 'node:crypto';
import type { AlertingEnv } from '@/lib/config/alerting-env';
import type { DeliveryEnv } from '@/lib/config/delivery-env';
import { policy } from '@/lib/config/policy';
import type { BlockRef } from '@/lib/domain/chain';
import { type Clock, repeat } from '@/lib/feeds/clock';
import type { PositionsReader, ReadResult } from '@/lib/venues/read-positions';
import type { DeliverySurroundings } from '../delivery/delivery-context';
import { readSurroundings, startDelivery } from '../delivery/start-delivery';
import type { LiveHub } from '../live-hub';
import type { Storage } from '../storage/open-storage';
import { toChannel } from '../storage/wake-ups';
import { PriceSampler } from '../watcher/price-sampler';
import { startSharedWatch } from '../watcher/share-watch';
import { WakeQueue } from '../watcher/wake-queue';
import type { Watcher } from '../watcher/watcher';
import { createFirstChannels } from './create-first-channels';
import { rememberReading } from './last-reading';
import { startHeartbeat } from './start-heartbeat';
import { type NamedOwner, WatchedOwners } from './watched-owners';

export interface AlertingOptions {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly hub: Pick<LiveHub, 'state' | 'subscribe'>;
  readonly positions: PositionsReader;
  /** A block by its number; `undefined`: the chain has none. Errors: those of the node. */
  readonly readBlock: (number: bigint) => Promise<BlockRef | undefined>;
  readonly chainId: number;
  readonly stalledAfterMs: number;
  /** Owners that are watched whatever triggers name. */
  readonly owners: readonly NamedOwner[];
  readonly delivery: DeliveryEnv;
  readonly alerting: AlertingEnv;
  readonly engineVersion: string;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly onProblem: (problem: unknown) => void;
}

/** Storage, watch and delivery at work together. */
export interface Alerting {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly watcher: Watcher;
  readonly owners: WatchedOwners;
  /** The newest reading of the watch; `undefined`: none yet. */
  readonly reading: () => ReadResult | undefined;
  readonly surroundings: DeliverySurroundings;
  readonly baseUrl: string;
  /** Takes nothing new, ends what is being sent, and lets the storage go. */
  stop(): Promise<void>;
}

const wait = (clock: Clock, delayMs: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });

/**
 * Starts everything that warns: the watch over the saved triggers, the sending of what waits in the outbox, and the heartbeat. In the app and in a
 * process of its own alike. Errors: `StorageUnavailableError`; nothing runs then.
 */
export async function startAlerting(options: AlertingOptions): Promise<Alerting> {
  const { clock, storage, alerting, onProblem } = options;
  const { db } = storage;
  const owners = new WatchedOwners(db, options.chainId, options.owners);
  await owners.refresh();
  const refreshing = new WakeQueue({ load: () => owners.refresh() });
  await createFirstChannels(db, clock.now());
  const surroundings = await readSurroundings(db, options.delivery, clock);
  const positions = rememberReading(options.positions);
  const sampler = new PriceSampler({ db, clock });
  const watcher = await startSharedWatch({
    sampler,
    clock,
    hub: options.hub,
    positions,
    readBlock: options.readBlock,
    storage,
    instance: randomUUID(),
    stalledAfterMs: options.stalledAfterMs,
    listOwners: () => owners.list(),
    nameOwner: (owner) => owners.name(owner),
    findOwnersProblem: () => refreshing.problem,
    engineVersion: options.engineVersion,
    baseUrl: alerting.baseUrl,
  }).catch((cause) => {
    // Whoever tries again starts another.
    sampler.stop();
    throw cause;
  });
  const delivery = startDelivery({ storage, owner: randomUUID(), surroundings, random: options.random, onProblem });
  const endings = [
    () => sampler.stop(),
    storage.listen(toChannel('triggers'), () => refreshing.ask()),
    // Else an owner that could not be read once would stay unwatched until somebody edits another trigger.
    repeat(clock, policy.triggers.sweepEveryMs, () => refreshing.retry()),
  ];
  if (alerting.heartbeatUrl !== undefined) {
    const isArmed = () => watcher.status().isArmed;
    endings.push(
      startHeartbeat({ url: alerting.heartbeatUrl, clock, isArmed, onProblem: (text) => text && onProblem(text) }),
    );
  }
  return {
    clock,
    storage,
    watcher,
    owners,
    reading: () => positions.latest(),
    surroundings,
    baseUrl: alerting.baseUrl,
    async stop() {
      for (const end of endings) end();
      await Promise.race([watcher.drain(), wait(clock, policy.triggers.drainMs)]);
      watcher.stop();
      await delivery.stop();
      await storage.close();
    },
  };
}
