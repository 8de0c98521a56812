import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';
import type { Address } from '@/lib/domain/asset';
import { encodeJson } from '@/lib/domain/codec';
import { FeedHub } from '../feed-hub';
import type { FeedContext, FeedDefinition, PriceFeed, RawTick } from '../price-feed';
import { EventStreamParser } from './event-stream';

const MAX_MESSAGE = 262_144;

const ticksSchema = z.object({
  sequence: z.number(),
  timeMs: z.number(),
  /** Wall clock at which the simulator sent this, for the latency. */
  sentAtMs: z.optional(z.number()),
  prices: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** Told on, the newest of those the simulator remembers: they travel with every heartbeat. */
const TOLD_LIQUIDATIONS = 5;

const address = z.pipe(
  z.string().check(z.regex(/^0x[0-9a-f]{40}$/i)),
  z.transform((text: string) => text.toLowerCase() as Address),
);
const amount = z.pipe(
  z.string().check(z.regex(/^\d{1,78}$/)),
  z.transform((text: string) => BigInt(text)),
);

const stateSchema = z.object({
  market: z.object({ seed: z.number(), speed: z.number(), paused: z.boolean() }),
  liquidator: z.object({
    on: z.boolean(),
    liquidations: z.array(
      z.object({
        account: address,
        debtAsset: address,
        repaid: amount,
        collateralAsset: address,
        seized: amount,
        timestampSeconds: z.number(),
      }),
    ),
  }),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Listens to the local chain's market simulator, a process of its own: a stream of server-sent events, `market` with prices about twice a
 * second and `state` with what the simulation is set to. Reconnects with back-off after a loss, and after a silence.
 */
export function createSimulatedFeed(context: Pick<FeedContext, 'clock' | 'market'>): PriceFeed | undefined {
  const { clock, market } = context;
  if (!market) return undefined;
  const hub = new FeedHub();
  let stopped = false;
  let waitMs: number = policy.stream.reconnectFromMs;
  let cancelRetry = () => {};
  let abort = new AbortController();

  const onMessage = (event: string, data: string): void => {
    if (event === 'market') {
      const parsed = ticksSchema.safeParse(parseJson(data));
      if (!parsed.success) {
        hub.update({ problem: 'The market feed sent something that is no tick.' });
        return;
      }
      const { sequence, timeMs, sentAtMs, prices } = parsed.data;
      const receivedAtMs = clock.now();
      const ticks = Object.entries(prices).map(
        ([assetId, price]): RawTick => ({ assetId, price: String(price), observedAtMs: timeMs, sequence }),
      );
      hub.update({
        lastHeardAtMs: receivedAtMs,
        latencyMs: sentAtMs === undefined ? undefined : Math.max(0, receivedAtMs - sentAtMs),
        problem: undefined,
      });
      hub.emit({ type: 'ticks', ticks, receivedAtMs });
    } else if (event === 'state') {
      const parsed = stateSchema.safeParse(parseJson(data));
      if (!parsed.success) return;
      const { seed, speed, paused } = parsed.data.market;
      const { on: liquidatorOn, liquidations } = parsed.data.liquidator;
      const told = liquidations.slice(0, TOLD_LIQUIDATIONS);
      const simulation = { seed, speed, paused, liquidatorOn, liquidations: told };
      if (encodeJson(hub.status().simulation) !== encodeJson(simulation)) hub.update({ simulation });
    }
  };

  const listen = async (): Promise<void> => {
    abort = new AbortController();
    const { signal } = abort;
    let cancelSilence = () => {};
    const heard = () => {
      cancelSilence();
      cancelSilence = clock.after(policy.market.lateAfterMs, () => abort.abort());
    };
    try {
      heard();
      const response = await fetch(`${market.url}/stream`, {
        headers: { accept: 'text/event-stream', ...(market.token ? { 'x-ballast-token': market.token } : {}) },
        signal,
        cache: 'no-store',
        redirect: 'error',
      });
      if (!response.ok || !response.body) {
        await response.body?.cancel();
        throw new Error(`HTTP ${response.status}`);
      }
      hub.emit({ type: 'session' });
      hub.update({ state: 'open', problem: undefined });
      const parser = new EventStreamParser(MAX_MESSAGE);
      const decoder = new TextDecoder();
      const reader = response.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        heard();
        waitMs = policy.stream.reconnectFromMs;
        for (const { event, data } of parser.push(decoder.decode(part.value, { stream: true }))) onMessage(event, data);
      }
    } catch {
      // Whatever ended the stream, it is opened again below; the status says that it is down.
    } finally {
      cancelSilence();
    }
    if (stopped) return;
    hub.update({ state: 'down', problem: 'The market feed does not answer.' });
    cancelRetry = clock.after(waitMs, () => void listen());
    waitMs = Math.min(waitMs * 2, policy.stream.reconnectToMs);
  };

  void listen();
  return {
    id: simulatedFeed.id,
    name: simulatedFeed.name,
    subscribe: hub.subscribe,
    status: hub.status,
    stop() {
      stopped = true;
      cancelRetry();
      abort.abort();
    },
  };
}

/** The local chain's simulated market. */
export const simulatedFeed = {
  id: 'simulated',
  name: 'Simulated market',
  kind: 'market',
  create: createSimulatedFeed,
} as const satisfies FeedDefinition;
