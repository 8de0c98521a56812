import * as z from 'zod/mini';
import { InvalidInputError } from '@/lib/domain/errors';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that holds a URL of one of these schemes, each with its colon: `url('http:', 'https:')`. */
export const url = (...schemes: readonly string[]) =>
  z.string().check(
    z.refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
      error: `a URL with ${schemes.join(' or ')}// is expected`,
    }),
  );

/** A variable that holds parts between commas; blanks around a part and empty parts do not count. */
export const list = z.pipe(
  z.string(),
  z.transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
);

/**
 * Reads the named variables through a schema; a variable set to nothing counts as not set.
 * Errors: `InvalidInputError` ENV, which names the variable and never shows its value.
 */
export function parseVariables<T>(schema: z.ZodMiniType<T> & { readonly shape: object }, environment: Environment): T {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const text = environment[name]?.trim();
      return text === undefined || text === '' ? [] : [[name, text]];
    }),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const name = String(first?.path[0] ?? 'The environment');
  const missing = !(name in given);
  throw new InvalidInputError('ENV', missing ? `${name} is not set.` : `${name} is not valid: ${first?.message}.`, {
    // Only the name: values may hold keys of a provider.
    inputs: { variable: name },
    nextStep: `Set ${name} as the README describes, and start again.`,
  });
}
