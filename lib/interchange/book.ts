import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import type { VenueModel } from '@/lib/domain/venue-model';
import { modelById, type VenueModelId, venueModels } from '@/lib/venues/models';

/** A book as it was read: positions checked by their venue's model, a price for every asset in it. */
export interface Book {
  readonly asOf: string | undefined;
  readonly prices: PriceBook;
  readonly positions: readonly BookPosition[];
}

/** The place of a fault: keys and indexes from the top, `['positions', 3, 'debt', 0, 'amount']`. */
export type Path = readonly (string | number)[];

/** `positions[3].debt[0].amount`. */
const formatPath = (path: Path): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');

/** A fault in a book, at a path; whoever knows the text adds line and column. */
export class BookError extends InvalidInputError {
  constructor(
    readonly path: Path,
    readonly fault: string,
  ) {
    super('BOOK', `${formatPath(path) || 'book'}: ${fault}`, { inputs: { path: formatPath(path) } });
  }
}

/** The rules of a venue by the key a book names it by; `undefined` for one that is not in the registry. */
export function findModel(venue: string): VenueModel<VenueModelId, unknown> | undefined {
  return Object.hasOwn(venueModels, venue) ? modelById(venue as VenueModelId) : undefined;
}

/** The keys by which a book names venues: "aave-v3, compound-v3, …". */
export const listVenues = (): string => Object.keys(venueModels).join(', ');

/** The model of a position that was read. */
export function modelOf(position: BookPosition): VenueModel<VenueModelId, unknown> {
  const model = findModel(position.venue);
  if (!model) throw new BookError([], `there is no venue "${position.venue}"`);
  return model;
}
