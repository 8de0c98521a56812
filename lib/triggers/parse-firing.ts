import * as z from 'zod/mini';
import type { Firing } from './firing';
import { parseKept } from './parse-kept';
import { PRICE_SOURCES } from './subject';
import { CONDITION_SIDES, SEVERITIES } from './trigger';
import { TRUTHS } from './truth';

const text = z.string();
const count = z.int().check(z.minimum(0));
/** A firing's shape, for whatever carries one. */
export const firingSchema = z.object({
  triggerId: text,
  triggerVersion: count,
  subjectId: text,
  subjectName: text,
  episode: z.int().check(z.minimum(1)),
  severity: z.enum(SEVERITIES),
  at: z.iso.datetime(),
  sentence: text,
  values: z.readonly(
    z.array(
      z.object({
        kind: text,
        side: z.enum(CONDITION_SIDES),
        level: text,
        met: z.enum(TRUTHS),
        value: z.nullable(text),
        of: z.nullable(z.object({ id: text, name: text })),
        reason: z.nullable(text),
      }),
    ),
  ),
  inputs: z.readonly(
    z.array(
      z.object({
        asset: text,
        source: z.enum(PRICE_SOURCES),
        from: text,
        answer: text,
        decimals: count,
        round: z.nullable(text),
        updatedAt: z.nullable(text),
      }),
    ),
  ),
  block: z.nullable(z.object({ number: text, hash: text })),
  engineVersion: text,
  remedy: z.nullable(text),
});

/** A firing as it was kept or sent. Errors: `InvalidInputError` TRIGGER_KEPT. */
export const parseFiring = (value: unknown): Firing => parseKept(firingSchema, value, 'a firing');
