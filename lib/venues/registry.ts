import type { VenueRules } from '@/lib/domain/venue';
import { aaveV3Rules } from './aave-v3/rules';
import type { AavePosition } from './aave-v3/state';
import { morphoBlueRules } from './morpho-blue/rules';
import type { MorphoPosition } from './morpho-blue/state';

/** Every venue's rules, one line each. Types of positions and venue keys derive from here. */
export const venueRules = {
  'aave-v3': aaveV3Rules,
  'morpho-blue': morphoBlueRules,
} as const;

export type Position = AavePosition | MorphoPosition;
export type VenueId = keyof typeof venueRules;

/** The rules that a position stands under. */
export function rulesOf<P extends Position>(position: P): VenueRules<P['venue'], P> {
  // The key and the rules are tied by the record above; TypeScript cannot follow that through a union.
  return venueRules[position.venue] as unknown as VenueRules<P['venue'], P>;
}
