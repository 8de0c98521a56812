import type { PreparedTrigger } from './prepare-trigger';
import type { Grain } from './trigger-kind';

const namesAsset = (params: Readonly<Record<string, unknown>>): boolean => params.asset !== undefined;

/**
 * On what a trigger fires, each with a state of its own, so that a second position (or asset) is warned of though a first has fired already:
 * each position of its scope with that position's assets, each asset, or the whole scope at once. The whole where a condition sums over it, or
 * names an asset that no position need have.
 *
 * Example: "health factor of any position of Alice below 1.25" is position, "oracle of any asset stale" asset, "price of ETH below 2,000" scope.
 */
export function computeGrain({ conditions }: Pick<PreparedTrigger, 'conditions'>): Grain {
  const grains = conditions.map(({ kind }) => kind.grain);
  if (grains.includes('scope')) return 'scope';
  if (grains.includes('position')) return 'position';
  return conditions.some(({ condition }) => namesAsset(condition.params)) ? 'scope' : 'asset';
}
