import type { Asset, AssetId } from '@/lib/domain/asset';
import type { PriceOverride } from '@/lib/domain/price';
import type { PositionChange } from '@/lib/domain/venue-actions';
import type { RemedyChange, RemedyPart } from '@/lib/risk/remedies/remedy';
import type { Wad } from '@/lib/units/fixed';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { ceilRational, divideRational, floorRational, type Rational, rational } from '@/lib/units/rational';
import { actionsOf } from '@/lib/venues/actions';
import { type Position, rulesOf } from '@/lib/venues/registry';

/** Something to do, in the token's smallest unit. */
export interface RemedyStep {
  readonly kind: PositionChange['kind'];
  readonly asset: Asset;
  readonly amount: bigint;
}

/** What makes a position safer comes first, so that nothing done on the way asks for more than the whole does. */
const ORDER: readonly PositionChange['kind'][] = ['supply', 'repay', 'withdraw', 'borrow'];

function kindOf({ side, amount }: RemedyChange): PositionChange['kind'] {
  const gains = amount.numerator > 0n;
  if (side === 'collateral') return gains ? 'supply' : 'withdraw';
  return gains ? 'borrow' : 'repay';
}

/** A remedy with one amount left open, that of what is given: collateral added or sold, debt repaid or newly drawn. */
export interface OpenRemedy {
  /** The closed form's amount of what is given, rounded up to the token's unit. */
  readonly start: bigint;
  /** Most that there is to give. */
  readonly most: bigint;
  readonly toSteps: (given: bigint) => readonly RemedyStep[];
}

const UNBOUNDED = 2n ** 128n;

const magnitude = ({ numerator, denominator }: Rational): Rational =>
  rational(numerator < 0n ? -numerator : numerator, denominator);

/**
 * A remedy of the closed form in token units: what is given is a whole number of units, what is got for it follows at the trade's own rate,
 * rounded down, and no more of a debt is repaid than there is. `balanceOf` gives what there is of an asset on a side, `assetOf` the asset by
 * its key. Example: 1 WBTC unit at a rate of 333.7 USDC units repays 333, or 300 where no more is owed.
 */
export function openRemedy(
  { changes }: Pick<RemedyPart, 'changes'>,
  assetOf: (key: string) => Asset,
  balanceOf: (kind: 'withdraw' | 'repay', asset: AssetId) => bigint,
): OpenRemedy {
  const [first, second] = changes.map((change) => {
    const asset = assetOf(change.asset);
    const scale = powerOfTen(asset.decimals);
    return {
      kind: kindOf(change),
      asset,
      exact: rational(magnitude(change.amount).numerator * scale, change.amount.denominator),
    };
  });
  if (!first) return { start: 0n, most: 0n, toSteps: () => [] };
  const isGiven = ({ kind }: typeof first) => kind === 'withdraw' || kind === 'borrow';
  const given = second && isGiven(second) ? second : first;
  const got = given === first ? second : first;
  const rate = got && divideRational(got.exact, given.exact);
  const { kind, asset } = given;
  const toGot = (amount: bigint): readonly RemedyStep[] => {
    if (!got || !rate) return [];
    const whole = floorRational(rate, amount);
    const most = got.kind === 'repay' ? balanceOf('repay', got.asset.id) : whole;
    return [{ kind: got.kind, asset: got.asset, amount: whole < most ? whole : most }];
  };
  return {
    start: ceilRational(given.exact),
    most: kind === 'withdraw' || kind === 'repay' ? balanceOf(kind, asset.id) : UNBOUNDED,
    toSteps: (amount) => [{ kind, asset, amount }, ...toGot(amount)],
  };
}

/** Steps of one kind and asset added up, in the order in which they are done; those of nothing left out. */
export function mergeSteps(steps: readonly RemedyStep[]): readonly RemedyStep[] {
  const merged = new Map<string, RemedyStep>();
  for (const step of steps) {
    const key = `${step.kind} ${step.asset.id}`;
    const before = merged.get(key);
    merged.set(key, before ? { ...step, amount: before.amount + step.amount } : step);
  }
  return [...merged.values()]
    .filter(({ amount }) => amount > 0n)
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

const toChange = ({ kind, asset, amount }: RemedyStep): PositionChange => ({ kind, asset: asset.id, amount });

/** The position when all steps are done, as the contract would hold it. */
const applySteps = (position: Position, steps: readonly RemedyStep[]): Position =>
  mergeSteps(steps).reduce((held, step) => actionsOf(held).applyChange(held, toChange(step)), position);

export interface StepObstacle {
  readonly step: RemedyStep;
  /** One sentence for people. */
  readonly text: string;
}

/** The first step that the venue would refuse, done in their order, and why; `undefined` where it takes them all. */
export function findStepObstacle(position: Position, steps: readonly RemedyStep[]): StepObstacle | undefined {
  let held = position;
  for (const step of mergeSteps(steps)) {
    const text = actionsOf(held).findObstacle(held, toChange(step));
    if (text !== undefined) return { step, text };
    held = actionsOf(held).applyChange(held, toChange(step));
  }
  return undefined;
}

/** The contract's health factor when all steps are done; null without debt, `undefined` where it is not known. */
export function computeHealthAfter(
  position: Position,
  steps: readonly RemedyStep[],
  override: PriceOverride,
): Wad | null | undefined {
  const after = applySteps(position, steps);
  const { healthFactor } = rulesOf(after).computeEvaluation(after, override);
  return healthFactor.known ? healthFactor.value : undefined;
}
