import type { AssetKey, PriceBook } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import { BookError, type Path } from './book';
import type { PlacedPosition } from './book-reader';

const SIDES = ['collateral', 'debt'] as const;

/** A fault with its place in front: "line 4, column 11: positions[0].id: …". */
export const refuseAt = (place: string, error: BookError): InvalidInputError =>
  new InvalidInputError('BOOK', `${place}: ${error.message}`, { inputs: { path: error.path }, cause: error });

/**
 * What holds of a book as a whole, held against its positions one by one: ids stand once, and every asset has a price. Prices may stand
 * behind the positions, so they are asked for last. Keeps the ids, and of each asset where it stands first.
 *
 * Errors: `InvalidInputError` BOOK with its place.
 */
export class BookCheck {
  private readonly ids = new Set<string>();
  private readonly assets = new Map<AssetKey, { readonly placed: PlacedPosition; readonly path: Path }>();

  take(placed: PlacedPosition): void {
    const { position, path } = placed;
    if (this.ids.has(position.id)) {
      const error = new BookError([...path, 'id'], `"${position.id}" stands twice`);
      throw refuseAt(placed.locate(error.path), error);
    }
    this.ids.add(position.id);
    for (const side of SIDES) {
      for (const [index, { asset }] of position[side].entries()) {
        if (!this.assets.has(asset)) this.assets.set(asset, { placed, path: [...path, side, index, 'asset'] });
      }
    }
  }

  finish(prices: PriceBook): void {
    for (const [asset, { placed, path }] of this.assets) {
      if (prices.has(asset)) continue;
      throw refuseAt(placed.locate(path), new BookError(path, `there is no price of "${asset}"`));
    }
  }
}
