import type { BookPosition } from '@/lib/domain/book-position';

/** A stored book that triggers name. Its own prices are those of its file, and are never taken for today's. */
export interface WatchedBook {
  readonly id: string;
  readonly name: string;
  readonly positions: ReadonlyMap<string, BookPosition>;
}
