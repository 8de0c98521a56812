import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import { BookError, type Path } from './book';

/** Where something stands in its file, for what is only seen from above it. */
export interface Placed {
  readonly position: BookPosition;
  readonly path: Path;
}

/** What holds of a book as a whole: ids stand once, and every asset has a price. Errors: `BookError`. */
export function checkBook(placed: readonly Placed[], prices: PriceBook): void {
  const ids = new Set<string>();
  for (const { position, path } of placed) {
    if (ids.has(position.id)) throw new BookError([...path, 'id'], `"${position.id}" stands twice`);
    ids.add(position.id);
    for (const side of ['collateral', 'debt'] as const) {
      const index = position[side].findIndex(({ asset }) => !prices.has(asset));
      const leg = position[side][index];
      if (leg) throw new BookError([...path, side, index, 'asset'], `there is no price of "${leg.asset}"`);
    }
  }
}
