import type { VenueActions } from '@/lib/domain/venue-actions';
import { applyChange } from './apply-change';
import { findObstacle } from './find-obstacle';
import { computeOutcome, listPairs } from './outcome';
import type { MorphoPosition } from './state';
import { toBook } from './to-book';
import { toCandidateBook } from './to-candidate-book';

/** What liquidators and owners can do to a Morpho Blue position, in the contract's own units and rounding. */
export const morphoBlueActions: VenueActions<'morpho-blue', MorphoPosition> = {
  listPairs,
  computeOutcome,
  applyChange,
  findObstacle,
  toBook,
  toCandidateBook,
};
