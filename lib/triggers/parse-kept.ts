import type * as z from 'zod/mini';
import { InvalidInputError } from '@/lib/domain/errors';

/** What was kept or sent, by its schema; `what` names it for people. Errors: `InvalidInputError` TRIGGER_KEPT with the field. */
export function parseKept<Kept>(schema: z.ZodMiniType<Kept>, value: unknown, what: string): Kept {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new InvalidInputError('TRIGGER_KEPT', `What was kept as ${what} is none: ${field}.`, { inputs: { field } });
}
