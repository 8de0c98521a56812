import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';

const version = z.int('must be a whole number').check(z.minimum(0, 'must not be negative'));
const until = z.nullable(z.int('must be a time in milliseconds').check(z.minimum(0), z.maximum(8_640_000_000_000_000)));

/** What `PUT /api/triggers/[id]` takes. Version 0: it is new. */
export const triggerEdit = z.strictObject({
  version,
  definition: z.unknown(),
  /**
   * Whom the server is to watch for this trigger, and what they are called: the owner it names, and whoever holds the assets it names. Kept
   * with the trigger, so that the server reads them while no browser is open.
   */
  owners: z._default(
    z
      .array(z.strictObject({ address: z.string(), label: z.string().check(z.minLength(1), z.maxLength(100)) }))
      .check(z.maxLength(policy.alerts.mostOwners, 'names too many owners')),
    [],
  ),
  /** The book that the trigger names, which is stored with it; left out: it is stored already, or none is named. */
  book: z.optional(
    z.strictObject({
      id: z.string().check(z.minLength(1), z.maxLength(200)),
      name: z.string().check(z.minLength(1), z.maxLength(200)),
      document: z.unknown(),
    }),
  ),
});

/** What `POST /api/triggers/[id]/mute` and `…/snooze` take; null: no longer. */
export const triggerRest = z.strictObject({ version, untilMs: until });

/** What `DELETE /api/triggers/[id]` and `DELETE /api/channels/[id]` take. */
export const removal = z.strictObject({ version });

/** The answer to all of them. */
export const savedVersion = z.object({ id: z.string(), version: z.number() });

/** What `POST /api/firings/[id]/acknowledge` takes. */
export const acknowledgementRequest = z.strictObject({
  by: z.string().check(z.minLength(1), z.maxLength(100)),
  note: z.nullable(z.string().check(z.maxLength(2_000))),
});

/** What `POST /api/pause` takes. */
export const pauseRequest = z.strictObject({
  paused: z.boolean(),
  by: z.string().check(z.minLength(1), z.maxLength(100)),
});

export type TriggerEdit = z.infer<typeof triggerEdit>;
