import { BPS, WAD } from '@/lib/units/fixed';
import { ceilDiv, floorDiv } from '@/lib/units/rounding';
import { computeCollateralValue, computeDebtValue } from './account-data';
import { computeHalfUpGift } from './liquidatable';

/** A collateral whose feed falls with the others: its answer today, and the asset's weight on both sides (see `AssetView`). */
export interface FallingAsset {
  readonly answer: bigint;
  readonly collateral: bigint;
  readonly owed: bigint;
  readonly threshold: bigint;
  readonly unit: bigint;
}

/** Rounding steps tried before the search settles for a drop that is certain; never reached but by accounts that are neutral to the drop. */
const MAX_STEPS = 5_000;

/** The feed at factor m/scale, floored. */
export const computeFallenAnswer = (answer: bigint, m: bigint, scale = WAD): bigint => (answer * m) / scale;

interface Weighed extends FallingAsset {
  /** w·U with w = (t·c − 10⁴·d)/U: what the excess loses per unit of the answer. */
  readonly weight: bigint;
  /** Most by which the roundings of its answer and its values can lower R, times U. */
  readonly noise: bigint;
  /** Most by which one unit of its answer can move R, times U. */
  readonly force: bigint;
}

function weigh(asset: FallingAsset): Weighed {
  const { collateral, owed, threshold, unit } = asset;
  const weight = threshold * collateral - BPS * owed;
  const floors = (owed === 0n ? 0n : BPS) + (threshold * collateral === 0n ? 0n : threshold);
  return {
    ...asset,
    weight,
    noise: floors * unit + (weight > 0n ? weight : 0n),
    force: floors * unit + (weight > 0n ? weight : -weight),
  };
}

/** What the excess is made of while some feeds stand still: R = Σ (t·⌊c·p/U⌋ − 10⁴·⌈d·p/U⌉), and those feeds' debt. */
interface Sums {
  readonly net: bigint;
  readonly debt: bigint;
}

function addAsset(sums: Sums, asset: FallingAsset, answer: bigint): Sums {
  const owed = computeDebtValue(asset.owed, answer, asset.unit);
  const backed = asset.threshold * computeCollateralValue(asset.collateral, answer, asset.unit);
  return { net: sums.net + backed - BPS * owed, debt: sums.debt + owed };
}

/** The smallest answer at which the asset's two values are those at `answer`. */
function computePlateauStart({ collateral, owed, unit }: FallingAsset, answer: bigint): bigint {
  const value = computeCollateralValue(collateral, answer, unit);
  const debt = computeDebtValue(owed, answer, unit);
  const byValue = collateral === 0n ? 0n : ceilDiv(value * unit, collateral);
  const byDebt = owed === 0n ? 0n : floorDiv((debt - 1n) * unit, owed) + 1n;
  return byValue > byDebt ? byValue : byDebt;
}

/**
 * Largest factor m ≤ `highest` (over `scale`) at which the account is liquidatable with every falling feed at ⌊answer·m/scale⌋ ≥ 1;
 * `undefined`: none.
 *
 * Liquidatable ⇔ Σ Rᵢ(pᵢ) + gift < 10⁴·D_f with Rᵢ(p) = t·⌊c·p/U⌋ − 10⁴·⌈d·p/U⌉ and pᵢ = ⌊answerᵢ·m/scale⌋. Without floors
 * Σ Rᵢ = W·m/scale, W = Σ wᵢ·answerᵢ; with them it is less by no more than noise = Σ (max(wᵢ, 0) + 10⁴ + t) (one unit of each answer and
 * one of each value). So m ≤ (10⁴·D_f − 1 − gift_min + noise)·scale/W is necessary, and the answer lies in the band below that bound.
 *
 * In the band the feeds are taken in turn, the one whose unit moves most first: it has few steps there, since its own unit makes up most
 * of the noise. With it standing on one step the same bound, now without its noise, narrows the band for the others. No feed left:
 * the sums are exact and the largest m of the step is the answer. Steps are tried from today's prices downward, so the first hit is the
 * nearest.
 */
export function computeHighestLiquidatableFactor(
  falling: readonly FallingAsset[],
  fixedDebt: bigint,
  highest: bigint | undefined,
  scale = WAD,
): bigint | undefined {
  const order = falling.map(weigh).sort((a, b) => {
    const [x, y] = [a.force * b.unit, b.force * a.unit];
    return x > y ? -1 : x < y ? 1 : 0;
  });
  const giftLeast = computeHalfUpGift(fixedDebt);
  const lowest = falling.reduce((most, { answer }) => {
    const least = ceilDiv(scale, answer);
    return least > most ? least : most;
  }, 1n);
  let steps = 0;

  // Slope and noise of the assets from each index on, times their common unit.
  const unit = order.reduce((most, asset) => (asset.unit > most ? asset.unit : most), 1n);
  const tails = order.map((_, index) => {
    const rest = order.slice(index);
    return {
      slope: rest.reduce((total, asset) => total + asset.weight * asset.answer * (unit / asset.unit), 0n),
      noise: rest.reduce((total, asset) => total + asset.noise * (unit / asset.unit), 0n),
    };
  });

  /** The most that m can be in `from`…`to` with the assets from `index` on still moving; `undefined`: nothing in reach. */
  const bound = (index: number, sums: Sums, from: bigint, to: bigint): bigint | undefined => {
    const { slope, noise } = tails[index] ?? { slope: 0n, noise: 0n };
    const room = (BPS * fixedDebt - 1n - giftLeast - sums.net) * unit + noise;
    if (slope <= 0n) return slope * to <= room * scale ? to : undefined;
    const most = floorDiv(room * scale, slope);
    return most < from ? undefined : most < to ? most : to;
  };

  const search = (index: number, sums: Sums, from: bigint, to: bigint): bigint | undefined => {
    const asset = order[index];
    let top = bound(index, sums, from, to);
    if (asset === undefined) {
      if (top === undefined) return undefined;
      return BPS * fixedDebt - sums.net - computeHalfUpGift(fixedDebt + sums.debt) > 0n ? top : undefined;
    }
    while (top !== undefined && top >= from) {
      if (++steps > MAX_STEPS) return undefined;
      const answer = computeFallenAnswer(asset.answer, top, scale);
      const start = ceilDiv(computePlateauStart(asset, answer) * scale, asset.answer);
      const low = start > from ? start : from;
      const found = search(index + 1, addAsset(sums, asset, answer), low, top);
      if (found !== undefined) return found;
      top = bound(index, sums, from, low - 1n);
    }
    return undefined;
  };

  const nothing: Sums = { net: 0n, debt: 0n };
  // Without a highest factor: where the necessary bound leaves off, or today.
  const beyond = bound(0, nothing, lowest, 2n ** 512n);
  const to = highest ?? beyond;
  const found = to === undefined ? undefined : search(0, nothing, lowest, to);
  if (found !== undefined || steps <= MAX_STEPS) return found;
  return computeCertainFactor(order, fixedDebt, lowest, to, scale);
}

/**
 * A factor that is liquidatable for certain, at most the width of the band below the nearest: both floors of each negative weight and the
 * whole gift taken against it.
 */
function computeCertainFactor(
  order: readonly Weighed[],
  fixedDebt: bigint,
  lowest: bigint,
  highest: bigint | undefined,
  scale: bigint,
): bigint | undefined {
  const unit = order.reduce((most, asset) => (asset.unit > most ? asset.unit : most), 1n);
  let slope = 0n;
  let against = 0n;
  let debtSlope = 0n;
  for (const { weight, answer, owed, unit: own } of order) {
    slope += weight * answer * (unit / own);
    debtSlope += owed * answer * (unit / own);
    if (weight < 0n) against -= weight * (unit / own);
  }
  // gift ≤ (D_f + Σ d·p/U + number of debts)/2e18, and Σ Rᵢ ≤ W·m/scale + against.
  const perFactor = slope * 2n * WAD + debtSlope;
  const room =
    (BPS * fixedDebt - 1n) * 2n * WAD * unit - against * 2n * WAD - (fixedDebt + BigInt(order.length)) * unit;
  if (perFactor <= 0n) return undefined;
  const most = floorDiv(room * scale, perFactor);
  const factor = highest !== undefined && highest < most ? highest : most;
  return factor < lowest ? undefined : factor;
}
