import type { AssetKey } from '@/lib/domain/book-position';
import { type DropBin, findDropBin, findHealthBin, type HealthBin } from './bins';
import type { DeskItem } from './desk-book';
import { type ItemFalls, isLiquidatableAt } from './fall-ranges';
import { FALLS_BPS, type Falling } from './falls';

/** Positions behind a mark of the curve: liquidatable at `toBps`, and, where `fromBps` is given, not yet at that smaller fall. */
export interface FallMark {
  readonly falling: Falling;
  readonly fromBps: number | undefined;
  readonly toBps: number;
}

/** What was chosen on the screen; a position must answer to all of it. An empty text key means "the book does not say". */
export interface DeskFilter {
  readonly asset?: AssetKey | undefined;
  /** The asset's family, when one looks through it. */
  readonly family?: string | undefined;
  readonly venue?: string | undefined;
  readonly owner?: string | undefined;
  readonly counterparty?: string | undefined;
  readonly health?: HealthBin | undefined;
  readonly drop?: DropBin | undefined;
  readonly fall?: FallMark | undefined;
  /** Words that must all stand in id, venue, owner, counterparty, assets or class; case does not matter. */
  readonly text?: string | undefined;
}

export type FilterKey = keyof DeskFilter;

export interface FilterContext {
  readonly familyOf: (asset: AssetKey) => string;
  readonly nameOf: (asset: AssetKey) => string;
  readonly venueName: (venue: string) => string;
}

type Test = (item: DeskItem, falls: ItemFalls) => boolean;

const indexOf = (fallBps: number): number => FALLS_BPS.indexOf(fallBps);

function toTest<Key extends FilterKey>(
  key: Key,
  wanted: NonNullable<DeskFilter[Key]>,
  { familyOf, nameOf, venueName }: FilterContext,
): Test {
  switch (key as FilterKey) {
    case 'asset':
      return ({ legs }) => legs.some(({ asset }) => asset === wanted);
    case 'family':
      return ({ legs }) => legs.some(({ asset }) => familyOf(asset) === wanted);
    case 'venue':
    case 'owner':
    case 'counterparty':
      return ({ entry }) => (entry[key as 'venue' | 'owner' | 'counterparty'] ?? '') === wanted;
    case 'health':
      return (item) => findHealthBin(item) === wanted;
    case 'drop':
      return (item) => findDropBin(item) === wanted;
    case 'fall': {
      const { fromBps, toBps } = wanted as FallMark;
      const [from, to] = [fromBps === undefined ? undefined : indexOf(fromBps), indexOf(toBps)];
      return (_item, falls) => isLiquidatableAt(falls, to) && (from === undefined || !isLiquidatableAt(falls, from));
    }
    case 'text': {
      const words = (wanted as string).toLowerCase().split(/\s+/).filter(Boolean);
      return ({ entry, legs, riskClass }) => {
        const assets = legs.map(({ asset }) => nameOf(asset));
        const told = [entry.id, venueName(entry.venue), entry.owner, entry.counterparty, riskClass, ...assets];
        const text = told.join(' ').toLowerCase();
        return words.every((word) => text.includes(word));
      };
    }
  }
}

/**
 * Indexes of the positions that answer to the filter, in the book's order. `except` leaves parts of it out, so that a chart keeps showing
 * what its own choice chose from. `falls` are the outcomes along the filter's own fall.
 */
export function filterItems(
  items: readonly DeskItem[],
  falls: readonly ItemFalls[] | undefined,
  filter: DeskFilter,
  context: FilterContext,
  except: readonly FilterKey[] = [],
): readonly number[] {
  const tests = (Object.keys(filter) as FilterKey[]).flatMap((key) => {
    const wanted = filter[key];
    return wanted === undefined || except.includes(key) ? [] : [toTest(key, wanted, context)];
  });
  return items.flatMap((item, index) => (tests.every((test) => test(item, falls?.[index])) ? [index] : []));
}
