import * as z from 'zod/mini';
import type { MachineStatus } from '@/lib/triggers/machine';
import { TRUTHS } from '@/lib/triggers/truth';
import { watchStatus } from './watch-status';

const text = z.string();
const time = z.nullable(z.number());

/** The one word for a trigger, as this version says it; `paused` comes over everything but what has ended. A reader takes any word. */
export type ListedStatus = MachineStatus | 'deleted' | 'paused' | 'broken';

const standing = z.object({
  title: text,
  met: z.enum(TRUTHS),
  /** "below 1.25". */
  limit: text,
  /** The figure now, in words. */
  figure: z.optional(text),
  /** What is left until it fires. */
  left: z.optional(text),
  /** Why there is no figure. */
  reason: z.optional(text),
});

/** A position, asset or whole on which a trigger is measured. */
const listedSubject = z.object({
  id: text,
  name: text,
  status: text,
  firedAtMs: time,
  /** How often it has fired here. */
  episode: z.number(),
  standing: z.array(standing),
});

/** A trigger as the list shows it. */
export const listedTrigger = z.object({
  id: text,
  version: z.number(),
  /** As it was saved: a `Trigger`, to be read by `parseTrigger`. */
  definition: z.unknown(),
  name: text,
  severity: text,
  /** "Warn me when …". */
  sentence: text,
  status: text,
  mutedUntilMs: time,
  snoozedUntilMs: time,
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  lastFiredAtMs: time,
  /** Why it cannot be watched at all; null: it is. */
  problem: z.nullable(text),
  /** The most urgent first, at most `policy.triggers.mostDescribed`. */
  subjects: z.array(listedSubject),
  subjectCount: z.number(),
  ended: z.nullable(z.object({ atMs: z.number(), reason: z.enum(['delete', 'expire']) })),
});

/** Answer of `GET /api/triggers?which=watching|ended`. */
export const triggerList = z.object({
  serverTimeMs: z.number(),
  status: watchStatus,
  triggers: z.array(listedTrigger),
});

export type ListedSubject = z.infer<typeof listedSubject>;
export type ListedTrigger = z.infer<typeof listedTrigger>;
export type TriggerList = z.infer<typeof triggerList>;
