import type { VenueActions } from '@/lib/domain/venue-actions';
import { applyChange } from './apply-change';
import { findObstacle } from './find-obstacle';
import { listPairs } from './liquidation-pair';
import { computeOutcome } from './outcome';
import type { AavePosition } from './state';
import { toBook } from './to-book';
import { toCandidateBook } from './to-candidate-book';

/** What can happen to an Aave v3.6 account, in the contract's units and rounding. */
export const aaveV3Actions: VenueActions<'aave-v3', AavePosition> = {
  listPairs,
  computeOutcome,
  applyChange: (position, change) => applyChange(position, change, position.market),
  findObstacle: (position, change) => findObstacle(position, change, position.market),
  toBook,
  toCandidateBook,
};
