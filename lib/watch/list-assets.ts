import type { Asset, AssetId } from '@/lib/domain/asset';
import { type Known, known, unknown } from '@/lib/domain/known';
import type { Leg } from '@/lib/domain/position';
import type { OraclePrice } from '@/lib/domain/price';
import type { SubjectAsset, SubjectMarket } from '@/lib/triggers/subject';
import { RAY } from '@/lib/units/fixed';
import { type Rational, rational } from '@/lib/units/rational';
import { type Position, rulesOf } from '@/lib/venues/registry';
import { toSubjectAsset } from './chain-asset';
import type { World } from './world';

function computeUtilisation({ asset, totalSupplied, totalBorrowed }: Leg): Known<Rational | null> {
  if (totalSupplied === undefined || totalBorrowed === undefined) {
    return unknown('read-failed', `How much ${asset.symbol} is lent out is not known.`);
  }
  return known(totalSupplied === 0n ? null : rational(totalBorrowed, totalSupplied));
}

function toMarket(position: Position, leg: Leg): SubjectMarket {
  const rules = rulesOf(position);
  const name = `${rules.name} ${rules.formatMarket(position)}`;
  return {
    id: `${position.id} ${leg.asset.id}`,
    name,
    borrowRate: known(leg.side === 'debt' ? rational(leg.yearlyRate, RAY) : null),
    utilisation: computeUtilisation(leg),
  };
}

/** One oracle of one asset, and everything that stands on it. */
interface Group {
  readonly asset: Asset;
  readonly price: OraclePrice;
  readonly markets: SubjectMarket[];
  isOwed: boolean;
}

/**
 * The assets of some positions, each once for every oracle that it is priced by: two venues may read two of them, and a condition on the asset is
 * held against both. With `only`, that asset alone.
 */
export function listSubjectAssets(
  world: World,
  positions: readonly Position[],
  only?: AssetId | string,
): readonly SubjectAsset[] {
  const groups = new Map<string, Group>();
  for (const position of positions) {
    for (const leg of rulesOf(position).listLegs(position)) {
      const { asset, price, side } = leg;
      if (only !== undefined && asset.id !== only) continue;
      const key = `${asset.id} ${price.feed ?? position.venue}`;
      const group = groups.get(key) ?? { asset, price, markets: [], isOwed: false };
      group.markets.push(toMarket(position, leg));
      group.isOwed ||= side === 'debt';
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ asset, price, ...place }) => toSubjectAsset(world, asset, price, place));
}
