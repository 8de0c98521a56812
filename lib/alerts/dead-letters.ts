import * as z from 'zod/mini';
import { loggedDelivery } from './logged-firing';

/** Answer of `GET /api/deliveries?state=dead&before=`: messages that were given up, newest first. `POST /api/deliveries/[id]/revive` sends one again. */
export const deadLetters = z.object({
  deliveries: z.array(
    z.extend(loggedDelivery, { firingId: z.number(), triggerName: z.string(), sentence: z.string() }),
  ),
  nextBeforeId: z.nullable(z.number()),
});

export type DeadLetters = z.infer<typeof deadLetters>;
