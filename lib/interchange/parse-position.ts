import * as z from 'zod/mini';
import { type BookPosition, LEG_PARAMETERS } from '@/lib/domain/book-position';
import type { Rational } from '@/lib/units/rational';
import { decimalTerm } from '@/lib/venues/decimal-term';
import { BookError, type Path } from './book';
import { checkPosition, type RawLeg } from './check-position';

export const bookName = z.string().check(z.minLength(1), z.maxLength(200));
const parameters = Object.fromEntries(LEG_PARAMETERS.map((parameter) => [parameter, z.optional(decimalTerm)]));

const legShape = {
  asset: bookName,
  amount: decimalTerm,
  ...(parameters as Record<string, z.ZodMiniOptional<typeof decimalTerm>>),
};
const collateralSchema = z.strictObject({ ...legShape, enabled: z.optional(z.boolean()) });
const debtSchema = z.strictObject({ ...legShape, borrowRate: z.optional(decimalTerm) });

const positionSchema = z.strictObject({
  id: bookName,
  venue: z.string(),
  owner: z.optional(z.string()),
  counterparty: z.optional(z.string()),
  rating: z.optional(z.string()),
  kyc: z.optional(z.string()),
  tags: z.optional(z.array(z.string())),
  collateral: z.array(collateralSchema),
  debt: z.array(debtSchema),
  terms: z.optional(z.unknown()),
});

interface ReadLeg {
  readonly asset: string;
  readonly amount: Rational;
  readonly enabled?: boolean | undefined;
  readonly borrowRate?: Rational | undefined;
}

function toRawLeg(leg: ReadLeg): RawLeg {
  const { asset, amount, enabled, borrowRate, ...rest } = leg;
  return { asset, amount, enabled, borrowRate, parameters: rest };
}

/** What schemas say where they have no words of their own. */
const UNSAID = 'Invalid input';
const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a text is expected',
  boolean: 'true or false is expected',
  array: 'a list is expected',
  object: 'an object is expected',
  record: 'an object is expected',
};

const findWithin = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((found, key) => (found as Record<PropertyKey, unknown> | null | undefined)?.[key], value);

function describeIssue(issue: z.core.$ZodIssue | undefined, value: unknown): string {
  switch (issue?.code) {
    case 'unrecognized_keys':
      return 'there is no such key';
    case 'invalid_type':
      if (findWithin(value, issue.path) === undefined) return 'it is missing';
      // A schema that has words of its own for it is more to the point.
      return issue.message === UNSAID ? (EXPECTED[issue.expected] ?? issue.message) : issue.message;
    default:
      return issue?.message ?? 'not understood';
  }
}

/** What a schema found first in a value, as a fault of the book at `path`. */
export function toBookError({ issues: [issue] }: z.core.$ZodError, path: Path, value: unknown): BookError {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const within = [...(issue?.path ?? []), ...unknown].map((part) => (typeof part === 'number' ? part : String(part)));
  return new BookError([...path, ...within], describeIssue(issue, value));
}

/** One position of a JSON book, held against the format and its venue. Errors: `BookError` at the first fault. */
export function parsePosition(value: unknown, path: Path): BookPosition {
  const read = positionSchema.safeParse(value);
  if (!read.success) throw toBookError(read.error, path, value);
  const { owner, counterparty, terms, collateral, debt, ...rest } = read.data;
  const legs = { collateral: collateral.map(toRawLeg), debt: debt.map(toRawLeg) };
  return checkPosition({ ...rest, owner, counterparty, terms, ...legs }, path);
}
