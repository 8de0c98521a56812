import * as z from 'zod/mini';

/** Why the server did not do what it was asked: one sentence, what to do, and for a form each field with its fault. */
export const apiProblem = z.object({
  error: z.string(),
  code: z.optional(z.string()),
  nextStep: z.optional(z.string()),
  faults: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
});

/** What a refused request is answered with, whatever its status. */
export type ApiProblem = z.infer<typeof apiProblem>;
