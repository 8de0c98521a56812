import * as z from 'zod/mini';
import { decodeJson } from '@/lib/domain/codec';
import type { StreamEvent } from './stream-protocol';

const hex = (digits: number) => z.string().check(z.regex(new RegExp(`^0x[0-9a-f]{${digits}}$`)));
const address = hex(40);
const hash = hex(64);
const text = z.optional(z.string());
const time = z.optional(z.number());

const chain = z.object({
  state: z.enum(['starting', 'live', 'stalled', 'unreachable', 'wrong-chain']),
  identity: z.optional(z.object({ chainId: z.number(), genesisHash: hash })),
  block: z.optional(z.object({ number: z.bigint(), hash, timestampSeconds: z.number() })),
  blockSeenAtMs: time,
  transport: z.enum(['websocket', 'polling']),
  problem: text,
});
const market = z.object({
  state: z.enum(['live', 'late', 'down', 'none']),
  source: text,
  lastTickAtMs: time,
  latencyMs: time,
  simulation: z.optional(
    z.object({
      seed: z.number(),
      speed: z.number(),
      paused: z.boolean(),
      liquidatorOn: z.boolean(),
      liquidations: z.array(
        z.object({
          account: address,
          debtAsset: address,
          repaid: z.bigint(),
          collateralAsset: address,
          seized: z.bigint(),
          timestampSeconds: z.number(),
        }),
      ),
    }),
  ),
  problem: text,
});
const prices = z.array(
  z.object({
    assetId: z.string(),
    answer: z.bigint().check(z.positive()),
    observedAtMs: z.number(),
    receivedAtMs: z.number(),
    source: z.string(),
  }),
);
const rejected = z.array(z.object({ assetId: z.string(), reason: z.string(), atMs: z.number() }));
const writes = z.array(
  z.object({
    feed: address,
    answer: z.bigint(),
    roundId: z.bigint(),
    updatedAtSeconds: z.number(),
    before: z.optional(z.object({ answer: z.bigint(), updatedAtSeconds: z.number() })),
  }),
);
const serverTimeMs = z.number();

const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('state'),
    serverTimeMs,
    chain,
    market,
    prices,
    rejected,
    latestWrites: writes,
    writesGenesisHash: z.optional(hash),
  }),
  z.object({ type: z.literal('block'), serverTimeMs, chain, writes }),
  z.object({ type: z.literal('market'), serverTimeMs, market, prices, rejected }),
  z.object({ type: z.literal('heartbeat'), serverTimeMs, chain, market }),
]);

/** Reads one event's data as `encodeJson` wrote it; `undefined` when it is malformed. */
export function parseStreamEvent(data: string): StreamEvent | undefined {
  try {
    // Strings checked by the schema get their brands here; what JSON leaves out is what the type calls undefined.
    return event.safeParse(decodeJson(data)).data as StreamEvent | undefined;
  } catch {
    return undefined;
  }
}
