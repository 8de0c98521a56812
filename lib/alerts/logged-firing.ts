import * as z from 'zod/mini';
import { firingSchema } from '@/lib/triggers/parse-firing';

/** What became of the message about a firing on one channel. */
export const loggedDelivery = z.object({
  id: z.number(),
  channelId: z.string(),
  channelName: z.string(),
  channelKind: z.string(),
  /** 0: at once; from 1 on: an escalation. */
  step: z.number(),
  state: z.enum(['pending', 'leased', 'delivered', 'dead', 'cancelled']),
  attempts: z.number(),
  notBeforeMs: z.number(),
  settledAtMs: z.nullable(z.number()),
  lastDetail: z.nullable(z.string()),
});

/** A firing as the log shows it: its record, who has seen it, and what became of its messages. */
export const loggedFiring = z.object({
  /** Rises with the order of recording. */
  id: z.number(),
  triggerName: z.string(),
  firing: firingSchema,
  recordedAtMs: z.number(),
  acknowledged: z.nullable(z.object({ by: z.string(), note: z.nullable(z.string()), atMs: z.number() })),
  deliveries: z.array(loggedDelivery),
});

/** A page of the log, newest first: answer of `GET /api/firings?before=&limit=&trigger=&unacknowledged=1`. */
export const firingPage = z.object({
  serverTimeMs: z.number(),
  firings: z.array(loggedFiring),
  /** `before` of the page that follows; null: this was the last. */
  nextBeforeId: z.nullable(z.number()),
  unacknowledged: z.number(),
});

export type LoggedDelivery = z.infer<typeof loggedDelivery>;
export type LoggedFiring = z.infer<typeof loggedFiring>;
export type FiringPage = z.infer<typeof firingPage>;
