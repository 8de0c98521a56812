import 'server-only';
import { createClient, http } from 'viem';
import { parseServerEnv, type ServerEnv } from '@/lib/config/env';
import { policy } from '@/lib/config/policy';
import type { BlockRef } from '@/lib/domain/chain';
import { systemClock } from '@/lib/feeds/clock';
import { createPositionsReader, type PositionsReader } from '@/lib/venues/read-positions';
import { startChainHub } from './chain-hub';
import { createFirstPaintReader, type FirstPaintReader } from './first-paint';
import { type LiveHub, startLiveHub } from './live-hub';
import { RateLimit } from './rate-limit';
import { readBlock } from './read-block';
import { createUpstream, type Upstream } from './upstream';

/** What lives as long as the server process. */
export interface Live {
  readonly env: ServerEnv;
  readonly hub: LiveHub;
  readonly firstPaint: FirstPaintReader;
  /** For whatever reads positions beside the pages: it remembers for itself what changes rarely. */
  readonly positions: PositionsReader;
  /** A block by its number; `undefined`: the chain has none. Errors: those of the node. */
  readonly readBlock: (number: bigint) => Promise<BlockRef | undefined>;
  /** For browsers' calls: with its own, shorter time limit. */
  readonly rpcUpstream: Upstream;
  readonly rateLimit: RateLimit;
  /** Event streams open now. */
  openStreams: number;
}

/** One for the process: the bundler gives each route its own copy of this module, and reloads it in development. */
const KEY = Symbol.for('ballast.live');
const holder = globalThis as { [KEY]?: Live };

function start(): Live {
  const env = parseServerEnv(process.env);
  const clock = systemClock;
  const limits = { url: env.rpcUrl, maxResponseBytes: policy.rpc.maxResponseBytes, clock };
  const chain = startChainHub({
    chainId: env.chain.chainId,
    stalledAfterMs: env.chain.stalledAfterMs,
    firstBlock: env.firstBlock,
    upstream: createUpstream({ ...limits, timeoutMs: policy.chain.requestTimeoutMs }),
    wsUrl: env.wsUrl,
    clock,
  });
  const client = createClient({
    transport: http(env.rpcUrl, { timeout: policy.chain.requestTimeoutMs, retryCount: 0 }),
  });
  const hub = startLiveHub({ clock, chain, context: { config: env.chain, client, market: env.market } });
  return {
    env,
    hub,
    positions: createPositionsReader(client, env.chain),
    readBlock: (number) => readBlock(client, number),
    firstPaint: createFirstPaintReader({ hub, positions: createPositionsReader(client, env.chain), clock }),
    rpcUpstream: createUpstream({ ...limits, timeoutMs: policy.rpc.upstreamTimeoutMs }),
    rateLimit: new RateLimit({
      ...policy.rpc,
      perSecond: policy.rpc.requestsPerSecond,
      nowMs: () => clock.now(),
    }),
    openStreams: 0,
  };
}

/**
 * The server's live part, started at the first call: nothing connects on import, and a build needs no configuration.
 * Throws `InvalidInputError` ENV, at every call until the configuration is right.
 */
export function getLive(): Live {
  const live = holder[KEY] ?? start();
  holder[KEY] = live;
  return live;
}
