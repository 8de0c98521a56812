import * as z from 'zod/mini';

/** Whether triggers are watched now. JSON-safe. */
export const watchStatus = z.object({
  /** Every trigger is looked at, on a chain that can be seen, and what fires can be recorded. */
  isArmed: z.boolean(),
  /** Blocks that went by and are still to be looked at. */
  behind: z.number(),
  triggerCount: z.number(),
  /** Why something is not as it should be, one sentence; null: all is well. */
  problem: z.nullable(z.string()),
  /** Since when nothing fires because somebody paused everything; null: nobody has. */
  pausedSinceMs: z.nullable(z.number()),
});

export type WatchStatus = z.infer<typeof watchStatus>;
