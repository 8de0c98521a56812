import { parseAddress } from '@/lib/domain/asset';
import { FakeClock } from '@/lib/feeds/fake-clock';
import type { ChainStatus, StreamEvent } from '@/lib/feeds/stream-protocol';
import { ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import type { ReadRequest, ReadResult } from '@/lib/venues/read-positions';
import type { Position } from '@/lib/venues/registry';
import type { LiveHub, StateEvent } from '../../live-hub';
import type { Storage } from '../../storage/open-storage';
import type { SaveContext } from '../save-trigger-edit';
import { type Alerting, startAlerting } from '../start-alerting';

const hash = (n: number): `0x${string}` => `0x${n.toString(16).padStart(64, '0')}`;
const NEXT_BLOCK_MS = 1_000;
const CHAIN_ID = 1;

/** Alice has the one position of the chain; Bob has none; nothing of Carol can be read. */
export const ALICE = parseAddress(toPosition([]).owner);
export const BOB = parseAddress(`0x${'b0'.repeat(20)}`);
export const CAROL = parseAddress(`0x${'ca'.repeat(20)}`);
export const POSITION = `aave-v3~1~core~${ALICE}` as const;

export const ETH_KEY = toReserve(ETH).asset.id;
export const USDC_KEY = toReserve(USDC).asset.id;

/** 10 ETH (83 %) against 20,000 USDC. At 2,600: 21,580 / 20,000 = 1.079. */
const at = (price: string): Position => ({
  ...toPosition([
    { of: { ...ETH, price }, supply: '10' },
    { of: USDC, debt: '20000' },
  ]),
  id: POSITION,
});

/** Storage, watch and delivery over a chain of which tests say the price, block by block. */
export class AlertScene {
  readonly clock = new FakeClock();
  private block = 1;
  private readonly prices = new Map([[1, '3000']]);
  private readonly listeners = new Set<(id: number, event: StreamEvent) => void>();
  chainState: ChainStatus['state'] = 'live';

  /** `genesis`: another number, another chain. */
  constructor(private readonly genesis: number) {}

  start(storage: Storage): Promise<Alerting> {
    return startAlerting({
      clock: this.clock,
      storage,
      hub: this.hub,
      positions: { read: (request) => this.read(request) },
      readBlock: async (number) => this.refOf(Number(number)),
      chainId: CHAIN_ID,
      stalledAfterMs: Number.POSITIVE_INFINITY,
      owners: [],
      delivery: { allowedNetworks: ['127.0.0.1/32'], smtpHosts: [], vapidSubject: 'mailto:test@ballast.invalid' },
      alerting: { baseUrl: 'https://ballast.example', heartbeatUrl: undefined },
      engineVersion: 'test',
      random: () => 0,
      onProblem: () => {},
    });
  }

  /** What saving a trigger needs. */
  contextOf(alerting: Alerting): SaveContext {
    return { ...alerting, hub: this.hub, positions: { read: (request) => this.read(request) }, chainId: CHAIN_ID };
  }

  mine(price: string): void {
    this.clock.advance(NEXT_BLOCK_MS);
    this.block += 1;
    this.prices.set(this.block, price);
    const event: StreamEvent = { type: 'block', serverTimeMs: this.clock.now(), chain: this.chain(), writes: [] };
    for (const listener of this.listeners) listener(1, event);
  }

  private chain(): ChainStatus {
    return {
      state: this.chainState,
      identity: { chainId: CHAIN_ID, genesisHash: hash(this.genesis) },
      block: this.refOf(this.block),
      blockSeenAtMs: this.clock.now(),
      transport: 'websocket',
      problem: this.chainState === 'live' ? undefined : 'The chain stands still.',
    };
  }

  private readonly hub: Pick<LiveHub, 'state' | 'subscribe' | 'chain'> = {
    chain: () => this.chain(),
    state: (): StateEvent => ({
      type: 'state',
      serverTimeMs: this.clock.now(),
      chain: this.chain(),
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
      return () => this.listeners.delete(listener);
    },
  };

  private refOf(number: number) {
    return { number: BigInt(number), hash: hash(number), timestampSeconds: number };
  }

  private async read({ identity, block, owners }: ReadRequest): Promise<ReadResult> {
    const position = at(this.prices.get(Number(block.number)) ?? '');
    const read = owners.map((owner) => ({
      owner,
      positions: owner === ALICE ? [position] : [],
      ...(owner === CAROL && { problem: 'Her positions cannot be read.' }),
    }));
    return { identity, block, owners: read, problems: [], callCount: 0, requestCount: 0 };
  }
}
