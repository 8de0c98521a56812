import type { VenueActions } from '@/lib/domain/venue-actions';
import { aaveV3Actions } from './aave-v3/actions';
import { morphoBlueActions } from './morpho-blue/actions';
import type { Position, VenueId } from './registry';

/**
 * What can happen to positions of every venue that is read from chain, one line each. Beside `venueRules`, because the first screen needs
 * none of it.
 */
export const venueActions = {
  'aave-v3': aaveV3Actions,
  'morpho-blue': morphoBlueActions,
} as const satisfies Readonly<Record<VenueId, unknown>>;

/** What can happen to a position, in its venue's own units and rounding. */
export function actionsOf<P extends Position>(position: P): VenueActions<P['venue'], P> {
  // The key and the actions are tied by the record above; TypeScript cannot follow that through a union.
  return venueActions[position.venue] as unknown as VenueActions<P['venue'], P>;
}
