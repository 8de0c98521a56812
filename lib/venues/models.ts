import { customModel } from './custom/book-model';
import { makerMcdModel } from './maker-mcd/book-model';
import { morphoBlueModel } from './morpho-blue/book-model';

/** Every venue that a book's position can name, by its key. A venue is added here with one line. */
export const venueModels = {
  custom: customModel,
  'morpho-blue': morphoBlueModel,
  'maker-mcd': makerMcdModel,
} as const;

export type VenueModelId = keyof typeof venueModels;
