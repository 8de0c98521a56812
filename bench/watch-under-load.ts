// A program of its own: the real watcher and storage under the load of `trigger-load.ts`. Arguments: a directory for the embedded database, minutes.
// It tells progress and, at the end, `LoadResult` to its parent.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Hash } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import type { MarketPrice } from '@/lib/domain/price';
import { systemClock } from '@/lib/feeds/clock';
import type { ChainStatus, MarketFeedStatus, StreamEvent } from '@/lib/feeds/stream-protocol';
import { saveChannel } from '@/lib/server/storage/channels';
import { openStorage, type Storage } from '@/lib/server/storage/open-storage';
import { saveTrigger } from '@/lib/server/storage/triggers';
import { startWatcher } from '@/lib/server/watcher/start-watcher';
import type { WatcherOptions } from '@/lib/server/watcher/watcher';
import { countDifferences, type LoggedEvent, type StoredTime } from './check-firings';
import { computeGrowth } from './compute-growth';
import { computePercentile } from './statistics';
import {
  assetsOf,
  BURST_GROUPS,
  drawPosition,
  drawTrigger,
  GROUPS,
  IN_GROUP,
  ownerOf,
  PricePath,
  triggerIdOf,
} from './trigger-load';

export interface LoadResult {
  readonly minutes: number;
  readonly ticks: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly mostMs: number;
  readonly firings: number;
  readonly firingsPerMinute: number;
  readonly burstFirings: number;
  readonly burstSeconds: number;
  /** Least squares over the least of each window after the warm-up, megabytes in ten minutes. */
  readonly heapGrowthMb: number;
  readonly rssGrowthMb: number;
  readonly loopP99Ms: number;
  readonly differences: number;
  readonly expected: number;
}

const [directory = '', minutesText = '10'] = process.argv.slice(2);
const minutes = Number(minutesText);
const TICK_EVERY_MS = 100;
const BLOCK_EVERY_MS = 12_000;
const SAVED_AT_ONCE = 500;
const LOOP_RESOLUTION_MS = 10;
const SAMPLE_EVERY_MS = 1_000;
/** Above every level, and below every one. */
const [CALM_PRICE, BURST_PRICE] = [1_010, 880] as const;
const CHANNEL = 'app';

const wait = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, delayMs)));
const tell = (said: object): void => void process.send?.(said);
const hashOf = (number: number): Hash => `0x${number.toString(16).padStart(64, '0')}`;
const IDENTITY = { chainId: 1, genesisHash: hashOf(0xf) };
const MARKET: MarketFeedStatus = {
  state: 'live',
  source: 'bench',
  lastTickAtMs: 0,
  latencyMs: 0,
  simulation: undefined,
  problem: undefined,
};
const LISTED = Array.from({ length: GROUPS * IN_GROUP }, (_, number) => ({
  group: Math.floor(number / IN_GROUP),
  index: number % IN_GROUP,
}));
const OWNERS = LISTED.map(({ group, index }) => ownerOf(group, index));

class LoadedNode {
  private readonly listeners = new Set<(id: number, event: StreamEvent) => void>();
  private height = 1;
  readonly log: LoggedEvent[] = [];

  readonly hub: WatcherOptions['hub'] = {
    state: () => ({
      type: 'state',
      serverTimeMs: Date.now(),
      chain: this.chain,
      market: MARKET,
      prices: [],
      rejected: [],
      latestWrites: [],
      writesGenesisHash: undefined,
    }),
    subscribe: (listener) => {
      this.listeners.add(listener);
      return () => void this.listeners.delete(listener);
    },
  };

  readonly positions: WatcherOptions['positions'] = {
    read: async ({ identity, block }) => {
      const owners = LISTED.map(({ group, index }) => ({
        owner: ownerOf(group, index),
        positions: [drawPosition(group, index, block)],
      }));
      await new Promise((resolve) => setImmediate(resolve));
      this.log.push({ atMs: Date.now(), prices: undefined });
      return { identity, block, owners, problems: [], callCount: 0, requestCount: 0 };
    },
  };

  refAt(number: number): BlockRef {
    return { number: BigInt(number), hash: hashOf(number), timestampSeconds: 1_700_000_000 + number * 12 };
  }

  mine(): void {
    this.height += 1;
    this.publish({ type: 'block', serverTimeMs: Date.now(), chain: this.chain, writes: [] });
  }

  /** New prices of some groups' collaterals, with those of their debts. */
  tick(collaterals: ReadonlyMap<number, number>): void {
    const nowMs = Date.now();
    this.log.push({ atMs: nowMs, prices: collaterals });
    const toPrice = (assetId: MarketPrice['assetId'], dollars: number): MarketPrice => ({
      assetId,
      answer: BigInt(Math.round(dollars * 100)) * 1_000_000n,
      observedAtMs: nowMs,
      receivedAtMs: nowMs,
      source: 'bench',
    });
    const prices = [...collaterals].flatMap(([group, dollars]) => {
      const { collateral, debt } = assetsOf(group);
      return [toPrice(collateral.id, dollars), toPrice(debt.id, 1)];
    });
    this.publish({ type: 'market', serverTimeMs: nowMs, market: MARKET, prices, rejected: [] });
  }

  private get chain(): ChainStatus {
    const block = this.refAt(this.height);
    return {
      state: 'live',
      identity: IDENTITY,
      block,
      blockSeenAtMs: Date.now(),
      transport: 'websocket',
      problem: undefined,
    };
  }

  private publish(event: StreamEvent): void {
    for (const listener of this.listeners) listener(1, event);
  }
}

async function saveAll({ db }: Storage): Promise<void> {
  await saveChannel(db, { id: CHANNEL, version: 0, settings: { kind: 'in-app', name: 'app', config: {} } }, 1);
  const block: BlockRef = { number: 1n, hash: hashOf(1), timestampSeconds: 0 };
  for (let from = 0; from < LISTED.length; from += SAVED_AT_ONCE) {
    await db.transaction().execute(async (transaction) => {
      for (const { group, index } of LISTED.slice(from, from + SAVED_AT_ONCE)) {
        const trigger = drawTrigger(group, index, drawPosition(group, index, block).id, CHANNEL);
        await saveTrigger(transaction, { id: triggerIdOf(group, index), version: 0 }, trigger, 1);
      }
    });
  }
}

async function readFirings({ db }: Storage): Promise<readonly StoredTime[]> {
  const rows = await db.selectFrom('firings').select(['trigger_id', 'episode', 'fired_at']).orderBy('id').execute();
  return rows.map((row) => ({ triggerId: row.trigger_id, episode: row.episode, firedAtMs: Number(row.fired_at) }));
}

async function main(): Promise<void> {
  const storage = await openStorage({ kind: 'embedded', directory });
  tell({ progress: `saving ${LISTED.length} triggers …` });
  await saveAll(storage);
  const node = new LoadedNode();
  const recordedAt = new Map<string, number>();
  const watcher = await startWatcher({
    clock: systemClock,
    hub: node.hub,
    positions: node.positions,
    readBlock: async (number) => node.refAt(Number(number)),
    db: storage.db,
    stalledAfterMs: 60_000,
    listOwners: () => OWNERS,
    nameOwner: (owner) => owner,
    engineVersion: 'bench',
    baseUrl: 'https://ballast.example',
    onRecorded: (firings) => {
      const nowMs = Date.now();
      for (const { triggerId, episode } of firings) recordedAt.set(`${triggerId} ${episode}`, nowMs);
    },
  });
  await watcher.flush();
  if (!watcher.status().isArmed) throw new Error(`Not armed: ${watcher.status().problem}`);
  const paths = Array.from({ length: GROUPS }, (_, group) => new PricePath(group));
  // Where prices begin some are below their levels already.
  node.tick(new Map(paths.map((path, group) => [group, path.next()])));
  await watcher.flush();
  const atFirst = recordedAt.size;
  tell({ progress: `${atFirst} firings at the first prices` });
  const loop = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  const [heap, rss]: [number[], number[]] = [[], []];
  const sampling = setInterval(() => {
    const { heapUsed, external, rss: resident } = process.memoryUsage();
    heap.push((heapUsed + external) / 2 ** 20);
    rss.push(resident / 2 ** 20);
  }, SAMPLE_EVERY_MS);
  const mining = setInterval(() => node.mine(), BLOCK_EVERY_MS);
  loop.enable();

  const dueAt = new Map<number, number>();
  const ticks = Math.round((minutes * 60_000) / TICK_EVERY_MS);
  const beganMs = Date.now();
  for (let tick = 0; tick < ticks; tick += 1) {
    const dueMs = beganMs + tick * TICK_EVERY_MS;
    await wait(dueMs - Date.now());
    const group = tick % GROUPS;
    dueAt.set(node.log.length, dueMs);
    node.tick(new Map([[group, paths[group]?.next() ?? CALM_PRICE]]));
    if (tick % 600 === 599)
      tell({ progress: `${recordedAt.size} firings in ${Math.round((Date.now() - beganMs) / 1_000)} s` });
  }
  await watcher.flush();
  const endedMs = Date.now();
  clearInterval(sampling);
  clearInterval(mining);
  loop.disable();

  // All of five groups armed, then under their levels in one tick.
  const bursting = Array.from({ length: BURST_GROUPS }, (_, group) => group);
  node.tick(new Map(bursting.map((group) => [group, CALM_PRICE])));
  await watcher.flush();
  const before = recordedAt.size;
  const burstMs = Date.now();
  node.tick(new Map(bursting.map((group) => [group, BURST_PRICE])));
  await watcher.flush();
  const burstSeconds = (Date.now() - burstMs) / 1_000;
  const burstFirings = recordedAt.size - before;
  watcher.stop();

  const stored = await readFirings(storage);
  await storage.close();
  const regular = stored.filter(({ firedAtMs }) => firedAtMs >= beganMs && firedAtMs <= endedMs);
  const { differences, expected, latencies } = countDifferences(node.log, dueAt, stored, recordedAt, endedMs);
  const result: LoadResult = {
    minutes,
    ticks,
    p50Ms: computePercentile(latencies, 0.5),
    p99Ms: computePercentile(latencies, 0.99),
    mostMs: Math.max(...latencies),
    firings: regular.length,
    firingsPerMinute: regular.length / minutes,
    burstFirings,
    burstSeconds,
    heapGrowthMb: computeGrowth(heap, SAMPLE_EVERY_MS),
    rssGrowthMb: computeGrowth(rss, SAMPLE_EVERY_MS),
    loopP99Ms: Math.max(0, loop.percentile(99) / 1e6 - LOOP_RESOLUTION_MS),
    differences,
    expected,
  };
  tell({ result });
  process.disconnect?.();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
