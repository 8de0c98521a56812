import type { BookPosition } from '@/lib/domain/book-position';
import type { Rational } from '@/lib/units/rational';
import { formatBookNumber } from './format-decimal';

/** Terms that a venue's schema adds to what was given, and would not read back. */
const DERIVED: Readonly<Record<string, readonly string[]>> = { 'maker-mcd': ['open'] };

const isRational = (value: object): value is Rational => 'numerator' in value && 'denominator' in value;

function toPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (isRational(value)) return formatBookNumber(value, 'down');
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([name, inner]) => [name, toPlain(inner)]));
}

/** A position's terms as a book writes them, numbers as decimal strings; `undefined` where there are none. */
export function formatTerms({ venue, terms }: BookPosition): Readonly<Record<string, unknown>> | undefined {
  const plain = toPlain(terms ?? {}) as Record<string, unknown>;
  const kept = Object.entries(plain).filter(([name]) => !DERIVED[venue]?.includes(name));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
