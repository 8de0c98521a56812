import * as z from 'zod/mini';
import { loggedFiring } from './logged-firing';
import { watchStatus } from './watch-status';

const shared = { serverTimeMs: z.number(), unacknowledged: z.number() };

/**
 * Events of `GET /api/alerts` (server-sent, JSON, named by `type`). A firing's event has the id of the firing, so that a stream that breaks goes
 * on after its Last-Event-ID: what fired meanwhile comes first. Every other event has no id. `ready` is the first after what was missed; `changed` says
 * what to read anew.
 */
export const alertEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), ...shared, status: watchStatus }),
  z.object({ type: z.literal('firing'), ...shared, firing: loggedFiring, isMissed: z.boolean() }),
  z.object({ type: z.literal('changed'), ...shared, what: z.enum(['triggers', 'firings', 'channels']) }),
  z.object({ type: z.literal('status'), ...shared, status: watchStatus }),
]);

export type AlertEvent = z.infer<typeof alertEvent>;
