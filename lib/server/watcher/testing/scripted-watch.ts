import { type Clock, systemClock } from '@/lib/feeds/clock';
import type { StreamEvent } from '@/lib/feeds/stream-protocol';
import type { Dispatch } from '../../delivery/dispatch';
import { readSurroundings, startDelivery } from '../../delivery/start-delivery';
import { saveChannel } from '../../storage/channels';
import type { Storage } from '../../storage/open-storage';
import type { RecordedFiring } from '../../storage/record-firings';
import { saveTrigger } from '../../storage/triggers';
import { startWatcher } from '../start-watcher';
import type { Watcher } from '../watcher';
import { CHANNELS, nameOwner, OWNERS, type ScriptedChain, TRIGGERS } from './scripted-chain';

const DELIVERY = { allowedNetworks: ['127.0.0.0/8'], smtpHosts: [], vapidSubject: 'mailto:desk@example.org' };

/** A node of a scripted chain. Its time is that of the block which is being looked at, live as in a replay: so does the slow model count. */
export class ScriptedNode {
  private readonly listeners = new Set<(id: number, event: StreamEvent) => void>();
  private readAt: number;
  readonly clock: Clock = { now: () => this.chain.timeOf(this.readAt), after: systemClock.after };

  constructor(
    readonly chain: ScriptedChain,
    private height: number,
  ) {
    this.readAt = height;
  }

  readonly hub: Parameters<typeof startWatcher>[0]['hub'] = {
    state: () => ({
      type: 'state',
      serverTimeMs: this.clock.now(),
      chain: this.status,
      market: {
        state: 'none',
        source: undefined,
        lastTickAtMs: undefined,
        latencyMs: undefined,
        simulation: undefined,
        problem: undefined,
      },
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

  readonly positions: Parameters<typeof startWatcher>[0]['positions'] = {
    read: async ({ identity, block, owners }) => {
      // As an answer of a node comes: never in the same turn.
      await new Promise((resolve) => setImmediate(resolve));
      this.readAt = Number(block.number);
      const all = this.chain.positionsAt(this.readAt);
      const found = owners.map((owner) => ({ owner, positions: all.filter((position) => position.owner === owner) }));
      return { identity, block, owners: found, problems: [], callCount: 0, requestCount: 0 };
    },
  };

  rise(height: number): void {
    this.height = height;
    const event: StreamEvent = { type: 'block', serverTimeMs: this.clock.now(), chain: this.status, writes: [] };
    for (const listener of this.listeners) listener(1, event);
  }

  private get status() {
    const block = this.chain.refAt(this.height);
    return {
      state: 'live',
      identity: this.chain.identity,
      block,
      blockSeenAtMs: this.clock.now(),
      transport: 'websocket',
      problem: undefined,
    } as const;
  }
}

/** Saves the script's channels, webhooks to paths of `url`, and its triggers. */
export async function saveScript(
  { db }: Storage,
  { url, secret }: { readonly url: string; readonly secret: string },
): Promise<void> {
  for (const id of CHANNELS) {
    const settings = { kind: 'webhook', name: id, config: { url: `${url}/${id}` } };
    await saveChannel(db, { id, version: 0, settings, secrets: { secret } }, 1);
  }
  for (const [id, trigger] of Object.entries(TRIGGERS)) await saveTrigger(db, { id, version: 0 }, trigger, 1);
}

/** The real watcher over a scripted node. */
export const watchScript = (
  { db }: Storage,
  node: ScriptedNode,
  onRecorded?: (firings: readonly RecordedFiring[]) => void,
): Promise<Watcher> =>
  startWatcher({
    clock: node.clock,
    hub: node.hub,
    positions: node.positions,
    readBlock: async (number) => node.chain.refAt(Number(number)),
    db,
    stalledAfterMs: Number.POSITIVE_INFINITY,
    listOwners: () => OWNERS,
    nameOwner,
    engineVersion: 'test',
    baseUrl: 'https://ballast.example',
    ...(onRecorded && { onRecorded }),
  });

/** The real delivery, by a clock that runs ahead of the machine's. */
export async function deliverScript(
  storage: Storage,
  readAheadMs: () => number,
  onProblem: (error: unknown) => void,
): Promise<Dispatch> {
  const clock: Clock = { now: () => Date.now() + readAheadMs(), after: systemClock.after };
  const surroundings = await readSurroundings(storage.db, DELIVERY, clock);
  return startDelivery({ storage, owner: `process ${process.pid}`, surroundings, random: Math.random, onProblem });
}
