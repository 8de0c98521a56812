import type { Asset, AssetId } from '@/lib/domain/asset';
import { type Known, known, unknown } from '@/lib/domain/known';
import type { Leg } from '@/lib/domain/position';
import type { OraclePrice } from '@/lib/domain/price';
import type { SubjectAsset, SubjectMarket } from '@/lib/triggers/subject';
import { RAY } from '@/lib/units/fixed';
import { type Rational, rational } from '@/lib/units/rational';
import { type Position, rulesOf } from '@/lib/venues/registry';
import { ChainAsset } from './chain-asset';
import { findLegs, type HeldLeg } from './find-legs';
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

/** By asset and oracle: two venues may read two of them. */
function groupLegs(held: Iterable<HeldLeg>): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { position, leg } of held) {
    const { asset, price, side } = leg;
    const key = `${asset.id} ${price.feed ?? position.venue}`;
    const group = groups.get(key) ?? { asset, price, markets: [], isOwed: false };
    group.markets.push(toMarket(position, leg));
    group.isOwed ||= side === 'debt';
    groups.set(key, group);
  }
  return [...groups.values()];
}

const toAssets = (world: World, groups: readonly Group[]): readonly SubjectAsset[] =>
  groups.map(({ asset, price, isOwed, markets }) => new ChainAsset(world, asset, price, isOwed, markets));

const ofPosition = new WeakMap<Position, readonly Group[]>();

/** Worked out once for a reading: ticks of the market change nothing of it. */
function groupPosition(position: Position): readonly Group[] {
  const before = ofPosition.get(position);
  if (before) return before;
  const groups = groupLegs(
    rulesOf(position)
      .listLegs(position)
      .map((leg) => ({ position, leg })),
  );
  ofPosition.set(position, groups);
  return groups;
}

function groupPositions(positions: readonly Position[]): readonly Group[] {
  const [only, ...others] = positions;
  if (only && others.length === 0) return groupPosition(only);
  return groupLegs(
    positions.flatMap((position) =>
      rulesOf(position)
        .listLegs(position)
        .map((leg) => ({ position, leg })),
    ),
  );
}

/**
 * The assets of some positions, each once for every oracle that it is priced by: a condition on the asset is held against all of them. With `only`,
 * that asset alone.
 */
export function listSubjectAssets(
  world: World,
  positions: readonly Position[],
  only?: AssetId | string,
): readonly SubjectAsset[] {
  const groups = groupPositions(positions);
  return toAssets(world, only === undefined ? groups : groups.filter(({ asset }) => asset.id === only));
}

const everywhere = new WeakMap<World['positions'], Map<string, readonly Group[]>>();

function groupEverywhere({ positions }: World, asset: AssetId | string): readonly Group[] {
  const known = everywhere.get(positions) ?? new Map<string, readonly Group[]>();
  everywhere.set(positions, known);
  const groups = known.get(asset) ?? groupLegs(findLegs(positions, asset));
  known.set(asset, groups);
  return groups;
}

/** An asset wherever it stands, whoever holds it; looked at for itself it is taken as owed. Worked out once for a reading. */
export const listAssetEverywhere = (world: World, asset: AssetId | string, isOwed = true): readonly SubjectAsset[] =>
  toAssets(
    world,
    groupEverywhere(world, asset).map((group) => ({ ...group, isOwed })),
  );
