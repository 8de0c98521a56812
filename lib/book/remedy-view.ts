import type { Asset, AssetId } from '@/lib/domain/asset';
import type { RemedyKind, RemedyPart } from '@/lib/risk/remedies/remedy';
import { BASE_UNIT, type BaseValue, baseValue, type Wad } from '@/lib/units/fixed';
import { ceilRational, type Rational, sumRational } from '@/lib/units/rational';
import type { RemedySetting } from './remedy-setting';
import { computeHealthAfter, findStepObstacle, mergeSteps, type RemedyStep } from './remedy-steps';

/** One way to reach the target, in the contract's units, and whether the venue would take it. */
export interface RemedyView {
  readonly kind: RemedyKind | 'mix';
  /** What is given away; `undefined` where cash is brought in, and of a mix. */
  readonly from: Asset | undefined;
  /** What is got, or owed instead; `undefined` of a mix. */
  readonly to: Asset | undefined;
  /** In the order in which they are done. */
  readonly steps: readonly RemedyStep[];
  /** It takes on an asset that the position has none of on that side. */
  readonly isNew: boolean;
  /** What ways are ranked by: cash and swap loss added up; rounded up. */
  readonly cost: BaseValue;
  /** Of it, what is brought in from outside: it becomes collateral or pays debt, and stays the owner's. Rounded up. */
  readonly cash: BaseValue;
  /** Of it, what swaps lose; rounded up. */
  readonly swapLoss: BaseValue;
  /** By the contract's own rule, at the prices the target is asked for; null without debt. */
  readonly healthFactorAfter: Wad | null;
  /** Why it cannot be done, one sentence; `undefined` where it can. */
  readonly unavailable: string | undefined;
}

const toBase = (value: Rational): BaseValue => baseValue(ceilRational(value, BASE_UNIT));

const SHORT = 'By the contract’s rounding all there is of it falls just short.';

const takesOn = (balanceOf: RemedySetting['balanceOf'], kind: RemedyStep['kind'], asset: AssetId): boolean =>
  (kind === 'supply' && balanceOf('withdraw', asset) === 0n) || (kind === 'borrow' && balanceOf('repay', asset) === 0n);

/**
 * A remedy as it is shown: its parts' costs taken apart, its steps merged and put to the contract's rules. Without steps the contract's
 * rounding leaves all there is short of the target. Costs are those of the closed form, for its exact amounts: the steps, settled to whole units
 * by the contract's own figure, differ by what it rounds, before Aave 3.5 by up to a basis point of the collateral.
 *
 * Example: a mix of 3,000 dollars brought in and 9 lost in a swap: cash 3,000, swap loss 9, cost 3,009.
 */
export function toRemedyView(
  { position, override, balanceOf }: RemedySetting,
  named: Pick<RemedyView, 'kind' | 'from' | 'to'>,
  parts: readonly Pick<RemedyPart, 'from' | 'cost'>[],
  steps: readonly RemedyStep[] | undefined,
): RemedyView {
  const merged = mergeSteps(steps ?? []);
  const sumOf = (counts: (part: Pick<RemedyPart, 'from'>) => boolean): BaseValue =>
    toBase(sumRational(parts.filter(counts).map(({ cost }) => cost)));
  return {
    ...named,
    steps: merged,
    isNew: merged.some(({ kind, asset }) => takesOn(balanceOf, kind, asset.id)),
    cost: sumOf(() => true),
    cash: sumOf(({ from }) => from === undefined),
    swapLoss: sumOf(({ from }) => from !== undefined),
    healthFactorAfter: computeHealthAfter(position, merged, override) ?? null,
    unavailable: steps ? findStepObstacle(position, merged)?.text : SHORT,
  };
}
