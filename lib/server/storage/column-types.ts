import 'server-only';
import { decodeJson, encodeJson } from '@/lib/domain/codec';
import { InvalidInputError } from '@/lib/domain/errors';

/** Object ids of the types whose values the two drivers would hand out differently (pg_type.dat of Postgres). */
const INT8 = 20;
const JSONB = 3802;

function parseInt8(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new RangeError(`The database holds ${text}, more than a number can hold exactly.`);
}

/**
 * How columns come out of the embedded database and of a server alike: int8 (counts, ids, block numbers and times, in milliseconds since
 * 1970) as a number, refused beyond 2^53 − 1; jsonb parsed, with the integers that `encodeJson` tagged as bigints. Every other type in use is
 * text or boolean, on which the drivers agree.
 */
export const columnParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: parseInt8,
  [JSONB]: decodeJson,
};

/** Postgres holds no NUL and no half of a surrogate pair in jsonb. */
function checkText(text: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  throw new InvalidInputError(
    'TEXT',
    'A text to be stored holds a character that is none (NUL, or half a character).',
    {
      inputs: { text: text.slice(0, 100) },
      nextStep: 'Remove that character.',
    },
  );
}

function checkValue(value: unknown): void {
  if (typeof value === 'string') checkText(value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InvalidInputError('NUMBER', `${value} cannot be stored: JSON would make it null.`);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    checkText(key);
    checkValue(item);
  }
}

/**
 * The text of a document for a jsonb column; bigints are kept as such.
 *
 * Errors: `InvalidInputError` TEXT for characters Postgres cannot hold, NUMBER for NaN and infinities, which JSON would silently make null.
 * Example: `toJsonb({ block: 7n })` is `{"block":{"$bigint":"7"}}`.
 */
export function toJsonb(document: unknown): string {
  checkValue(document);
  return encodeJson(document);
}
