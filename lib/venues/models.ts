import type { VenueModel } from '@/lib/domain/venue-model';
import { aaveV3Model } from './aave-v3/book-model';
import { compoundV3Model } from './compound-v3/book-model';
import { crossMarginModel } from './cross-margin/book-model';
import { customModel } from './custom/book-model';
import { isolatedMarginModel } from './isolated-margin/book-model';
import { liquityV1Model } from './liquity-v1/book-model';
import { liquityV2Model } from './liquity-v2/book-model';
import { makerMcdModel } from './maker-mcd/book-model';
import { makerScdModel } from './maker-scd/book-model';
import { morphoBlueModel } from './morpho-blue/book-model';

/** Every venue that a book's position can name, by its key. A venue is added here with one line. */
export const venueModels = {
  custom: customModel,
  'morpho-blue': morphoBlueModel,
  'maker-mcd': makerMcdModel,
  'compound-v3': compoundV3Model,
  'aave-v3': aaveV3Model,
  'liquity-v1': liquityV1Model,
  'liquity-v2': liquityV2Model,
  'maker-scd': makerScdModel,
  'isolated-margin': isolatedMarginModel,
  'cross-margin': crossMarginModel,
} as const;

export type VenueModelId = keyof typeof venueModels;

/** The rules of a venue. Its positions carry terms that its own schema read, or that its own `toBook` made. */
export const modelById = (id: VenueModelId): VenueModel<VenueModelId, unknown> =>
  // The key and the model are tied by the registry above; TypeScript cannot follow that through a union.
  venueModels[id] as unknown as VenueModel<VenueModelId, unknown>;
