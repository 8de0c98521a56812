import type { AssetKey } from '@/lib/domain/book-position';
import type { Leg } from '@/lib/domain/position';
import { type Position, rulesOf } from '@/lib/venues/registry';
import type { World } from './world';

/** A leg with the position that has it. */
export interface HeldLeg {
  readonly position: Position;
  readonly leg: Leg;
}

const byAsset = new WeakMap<World['positions'], ReadonlyMap<AssetKey, readonly HeldLeg[]>>();

function indexLegs(positions: World['positions']): ReadonlyMap<AssetKey, readonly HeldLeg[]> {
  const index = new Map<AssetKey, HeldLeg[]>();
  for (const position of positions.values()) {
    for (const leg of rulesOf(position).listLegs(position)) {
      const listed = index.get(leg.asset.id);
      if (listed) listed.push({ position, leg });
      else index.set(leg.asset.id, [{ position, leg }]);
    }
  }
  return index;
}

/** Every leg of an asset, in the order of the positions; all assets are indexed once for a reading. */
export function findLegs(positions: World['positions'], asset: AssetKey): readonly HeldLeg[] {
  const index = byAsset.get(positions) ?? indexLegs(positions);
  byAsset.set(positions, index);
  return index.get(asset) ?? [];
}
