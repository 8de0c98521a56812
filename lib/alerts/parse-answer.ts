import type * as z from 'zod/mini';
import { InvalidInputError } from '@/lib/domain/errors';

/** Reads what the server answered. Errors: `InvalidInputError` ANSWER, with the field. Example: `parseAnswer(triggerList, await response.json())`. */
export function parseAnswer<T>(schema: z.ZodMiniType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || 'the answer';
  throw new InvalidInputError('ANSWER', `The server’s answer cannot be read: ${field}: ${issue?.message}.`, {
    inputs: { field },
    nextStep: 'Reload the page: it may be older than the server.',
  });
}
