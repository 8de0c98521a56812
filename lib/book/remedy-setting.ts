import type { Asset, AssetId } from '@/lib/domain/asset';
import type { PriceOverride } from '@/lib/domain/price';
import type { Wad } from '@/lib/units/fixed';
import type { Position } from '@/lib/venues/registry';
import { findLeastAmount } from './find-edge-amount';
import { nameAssets } from './name-assets';
import type { PositionRow } from './position-row';
import { computeHealthAfter, type OpenRemedy, type RemedyStep } from './remedy-steps';

/** What the exact steps behind the closed forms need. */
export interface RemedySetting {
  readonly position: Position;
  /** Prices at which the target must hold. */
  readonly override: PriceOverride;
  /** Health factor to reach, 18 decimals. */
  readonly target: Wad;
  /** Errors: `RangeError` for an asset that is none of the position's. */
  readonly assetOf: (key: string) => Asset;
  /** What there is of an asset on a side, token units. */
  readonly balanceOf: (kind: 'withdraw' | 'repay', asset: AssetId) => bigint;
  /** Sentences of the engine name assets by their key, people by their symbol. */
  readonly nameAssets: (text: string) => string;
}

/** The setting of a row's position: its assets those that the row has prices of, and candidates that it does not have. */
export function createRemedySetting(
  row: PositionRow,
  override: PriceOverride,
  target: Wad,
  candidates: readonly Asset[] = [],
): RemedySetting {
  const listed = [...row.prices.map(({ asset }) => asset), ...candidates];
  const assets = new Map<string, Asset>(listed.map((asset) => [asset.id, asset]));
  return {
    position: row.position,
    override,
    target,
    assetOf: (key) => {
      const asset = assets.get(key);
      if (!asset) throw new RangeError(`A remedy names ${key}, which is none of the position's assets.`);
      return asset;
    },
    balanceOf: (kind, id) => {
      const side = kind === 'withdraw' ? row.collateral : row.debt;
      return side.find(({ leg }) => leg.asset.id === id)?.leg.amount ?? 0n;
    },
    nameAssets: (text) => nameAssets(text, listed),
  };
}

/** Whether the contract's own health factor is at the target when all steps are done; without debt it is. */
export function reachesTarget({ position, override, target }: RemedySetting, steps: readonly RemedyStep[]): boolean {
  const after = computeHealthAfter(position, steps, override);
  return after === null || (after !== undefined && after >= target);
}

/** The steps of the least whole amount that reaches the target, done beside others; `undefined` where all there is falls short. */
export function settleRemedy(
  setting: RemedySetting,
  open: OpenRemedy,
  others: readonly RemedyStep[] = [],
): readonly RemedyStep[] | undefined {
  const holds = (amount: bigint): boolean => reachesTarget(setting, [...others, ...open.toSteps(amount)]);
  const amount = findLeastAmount({ start: open.start, most: open.most, holds });
  return amount === undefined ? undefined : open.toSteps(amount);
}
