import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import { findModel } from '@/lib/interchange/book';
import { computeDeskItem } from './compute-desk-item';
import type { DeskEntry, DeskItem } from './desk-book';

/** For tests: an entry of a book on screen. */
export const deskEntry = (position: BookPosition, prices: PriceBook, changes: Partial<DeskEntry> = {}): DeskEntry => ({
  id: position.id,
  venue: position.venue,
  owner: position.owner,
  counterparty: position.counterparty,
  position,
  prices,
  problem: undefined,
  ...changes,
});

export const deskItem = (position: BookPosition, prices: PriceBook, changes: Partial<DeskEntry> = {}): DeskItem =>
  computeDeskItem(deskEntry(position, prices, changes), findModel);

/** For tests: runs a generator to its end, and gives what it returns. */
export function drain<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
