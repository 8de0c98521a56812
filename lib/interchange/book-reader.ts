import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { Path } from './book';

/** A position, where it stands in the book, and how a place within it is called in its file. */
export interface PlacedPosition {
  readonly position: BookPosition;
  readonly path: Path;
  /** "line 4, column 11" of a path into the position; of the nearest thing there where the path leads to nothing. */
  locate(path: Path): string;
}

/** What is known once a file is over. */
export interface BookEnd {
  /** Positions that only the end completed. */
  readonly positions: readonly PlacedPosition[];
  readonly prices: PriceBook;
  readonly asOf: string | undefined;
}

/** Reads a book piece by piece, so that no more of it is held than what is being read. Errors: `InvalidInputError` BOOK with its place. */
export interface BookReader {
  push(piece: string): readonly PlacedPosition[];
  end(): BookEnd;
}
