import * as z from 'zod/mini';

const decimal = z.string().check(z.regex(/^\d{1,40}(\.\d{1,40})?$/));

/**
 * Answer of `GET /api/prices?asset=…&source=oracle|market&from=…&to=…` (milliseconds, `to` not included): prices that the server has recorded on
 * this chain, oldest first, decimal strings.
 */
export const recordedPrices = z.object({
  asset: z.string(),
  source: z.enum(['oracle', 'market']),
  points: z.array(z.object({ atMs: z.number(), price: decimal })),
  /** There were more than an answer holds: the next one begins here; null: that was all. */
  nextFromMs: z.nullable(z.number()),
});

export type RecordedPrices = z.infer<typeof recordedPrices>;
