import 'server-only';
import { InvalidInputError } from '@/lib/domain/errors';

/** An id in a path that people's programs chose. Errors: `InvalidInputError` ID. */
export function parseId(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(text)) return text;
  throw new InvalidInputError('ID', 'An id has 1 to 100 letters, digits, hyphens and underscores.');
}

/** An id that the database counted up. Errors: `InvalidInputError` ID. */
export function parseNumberedId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidInputError('ID', 'An id here is a whole number.');
}
