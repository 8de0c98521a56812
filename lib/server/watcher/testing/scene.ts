import type { AssetId, Hash } from '@/lib/domain/asset';
import type { MarketPrice } from '@/lib/domain/price';
import { FakeClock } from '@/lib/feeds/fake-clock';
import type { ChainStatus, MarketFeedStatus, StreamEvent } from '@/lib/feeds/stream-protocol';
import { ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import type { ReadRequest, ReadResult } from '@/lib/venues/read-positions';
import type { Position } from '@/lib/venues/registry';
import { toMarketPrices } from '@/lib/watch/testing';
import type { Storage } from '../../storage/open-storage';
import type { Db } from '../../storage/schema';
import { startWatcher } from '../start-watcher';
import type { Watcher, WatcherOptions } from '../watcher';

const hash = (n: number): Hash => `0x${n.toString(16).padStart(64, '0')}`;
const OWNER = toPosition([]).owner;
export const POSITION = `aave-v3~1~core~${OWNER}`;
const eth: AssetId = toReserve(ETH).asset.id;
const usdc: AssetId = toReserve(USDC).asset.id;
const MARKET: MarketFeedStatus = {
  state: 'live',
  source: 'test',
  lastTickAtMs: 0,
  latencyMs: 0,
  simulation: undefined,
  problem: undefined,
};

/** 10 ETH (83 %) against 20,000. At 2,600: 21,580 / 20,000 = 1.079. */
const at = (price: string): Position => ({
  ...toPosition([
    { of: { ...ETH, price }, supply: '10' },
    { of: USDC, debt: '20000' },
  ]),
  id: POSITION,
});

let scenes = 0;

/** A chain with one position of which tests say the price, block by block, and a market. */
export class Scene {
  readonly clock = new FakeClock();
  /** Each is a chain of its own. */
  private readonly genesis = hash(++scenes);
  private block = 1;
  /** The price at each block, by its number. */
  private readonly prices = new Map([[1, '3000']]);
  private listeners = new Set<(id: number, event: StreamEvent) => void>();
  fails = false;
  readonly pruned = new Set<number>();
  /** Blocks for which the node takes too long. */
  readonly slow = new Set<number>();

  private get chain(): ChainStatus {
    return {
      state: 'live',
      identity: { chainId: 1, genesisHash: this.genesis },
      block: this.refOf(this.block),
      blockSeenAtMs: this.clock.now(),
      transport: 'websocket',
      problem: undefined,
    };
  }

  /** Two hours from one block to the next. */
  private refOf(number: number) {
    return { number: BigInt(number), hash: hash(number), timestampSeconds: number * 7_200 };
  }

  start(db: Db, listen?: Storage['listen']): Promise<Watcher> {
    return startWatcher({ ...this.toOptions(db), ...(listen && { listen }) });
  }

  /** What a watcher of this chain takes. */
  toOptions(db: Db): WatcherOptions {
    return {
      clock: this.clock,
      db,
      hub: {
        state: () => ({
          type: 'state',
          serverTimeMs: this.clock.now(),
          chain: this.chain,
          market: MARKET,
          prices: [],
          rejected: [],
          latestWrites: [],
          writesGenesisHash: undefined,
        }),
        subscribe: (listener) => {
          this.listeners.add(listener);
          return () => this.listeners.delete(listener);
        },
      },
      positions: { read: (request) => this.read(request) },
      readBlock: async (number) => this.refOf(Number(number)),
      stalledAfterMs: 60_000,
      listOwners: () => [OWNER],
      nameOwner: () => 'Alice',
      engineVersion: 'test',
      baseUrl: 'https://ballast.example',
    };
  }

  private async read({ identity, block }: ReadRequest): Promise<ReadResult> {
    if (this.fails) throw new Error('The node is away.');
    if (this.pruned.has(Number(block.number))) throw new Error('missing trie node');
    if (this.slow.has(Number(block.number))) throw new Error('The chain did not answer in time.');
    const owners = [{ owner: OWNER, positions: [at(this.prices.get(Number(block.number)) ?? '')] }];
    return { identity, block, owners, problems: [], callCount: 0, requestCount: 0 };
  }

  /** How many watch this chain. */
  get listenerCount(): number {
    return this.listeners.size;
  }

  mine(price: string): void {
    this.clock.advance(1_000);
    this.block += 1;
    this.prices.set(this.block, price);
    const event: StreamEvent = { type: 'block', serverTimeMs: this.clock.now(), chain: this.chain, writes: [] };
    for (const listener of this.listeners) listener(1, event);
  }

  tick(price: string): void {
    this.clock.advance(100);
    const prices: readonly MarketPrice[] = [
      ...toMarketPrices({ [eth]: price, [usdc]: '1' } as Record<AssetId, string>, this.clock.now()).values(),
    ];
    const event: StreamEvent = { type: 'market', serverTimeMs: this.clock.now(), market: MARKET, prices, rejected: [] };
    for (const listener of this.listeners) listener(1, event);
  }
}
