import { computeFirstLatticePoint } from '@/lib/risk/liquidation/first-lattice-point';
import { BPS, WAD } from '@/lib/units/fixed';
import { ceilDiv, floorDiv } from '@/lib/units/rounding';
import { computeCollateralValue, computeDebtValue } from './account-data';
import { computeExcess, computeHalfUpGift } from './liquidatable';

/**
 * An account seen from one asset at price P (an oracle answer): N(P) = N₀ + t·⌊c·P/U⌋ and D(P) = D₀ + ⌈d·P/U⌉, liquidatable exactly when
 * `computeExcess(N, D)` > 0.
 */
export interface AssetView {
  /** c: token units that count as collateral. */
  readonly collateral: bigint;
  /** d: token units owed. */
  readonly owed: bigint;
  /** t: basis points. */
  readonly threshold: bigint;
  /** U: token units of one whole token. */
  readonly unit: bigint;
  /** N₀: Σ value·threshold of the other collateral. */
  readonly otherByThreshold: bigint;
  /** D₀: the other debt. */
  readonly otherDebt: bigint;
}

export const computeExcessAt = (view: AssetView, price: bigint): bigint =>
  computeExcess(
    view.otherByThreshold + view.threshold * computeCollateralValue(view.collateral, price, view.unit),
    view.otherDebt + computeDebtValue(view.owed, price, view.unit),
  );

/** Beyond so many rounding steps in the band, lines of equal excess are solved instead of single steps tried. */
const FEW_STEPS = 1_024n;
const TWO_WAD = 2n * WAD;

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/** x and y with a·x + b·y = gcd(a, b). */
function bezout(a: bigint, b: bigint): readonly [bigint, bigint] {
  if (b === 0n) return [1n, 0n];
  const [x, y] = bezout(b, a % b);
  return [y, x - (a / b) * y];
}

/**
 * Only collateral: the largest liquidatable price. With T = 10⁴·D₀ − gift, liquidatable ⇔ t·⌊c·P/U⌋ < T − N₀ ⇔ ⌊c·P/U⌋ < k with
 * k = ⌈(T − N₀)/t⌉ ⇔ c·P < k·U ⇔ P ≤ ⌈k·U/c⌉ − 1. Exact, and monotone in P.
 */
function computeCollateralEdge(view: AssetView): bigint {
  const k = ceilDiv(computeExcess(view.otherByThreshold, view.otherDebt), view.threshold);
  return ceilDiv(k * view.unit, view.collateral) - 1n;
}

/**
 * Only debt: the smallest liquidatable price. 10⁴·D − ⌊D/2e18⌋ never falls as D grows, so there is a smallest liquidatable debt D*. With
 * r = 10⁴ − 1/2e18 it lies in N₀/r < D* ≤ (N₀ + 1)/r + 1, a span that holds at most two integers: both are looked at. Then
 * ⌈d·P/U⌉ ≥ D* − D₀ ⇔ d·P > (D* − D₀ − 1)·U ⇔ P ≥ ⌊(D* − D₀ − 1)·U/d⌋ + 1.
 */
function computeDebtEdge(view: AssetView): bigint {
  const lowest = floorDiv(view.otherByThreshold * TWO_WAD, BPS * TWO_WAD - 1n) + 1n;
  const debt = computeExcess(view.otherByThreshold, lowest) > 0n ? lowest : lowest + 1n;
  return floorDiv((debt - view.otherDebt - 1n) * view.unit, view.owed) + 1n;
}

/** A stretch of prices over which the half-up gift does not change, so that the test is one inequality: 10⁴·⌈d·P/U⌉ − t·⌊c·P/U⌋ ≥ `needed`. */
interface Stretch {
  readonly from: bigint;
  readonly to: bigint;
  readonly needed: bigint;
}

/** The stretch around a price; without 20 billion dollars of debt there is one for all prices. */
function computeStretch(view: AssetView, price: bigint): Stretch {
  const gift = computeHalfUpGift(view.otherDebt + computeDebtValue(view.owed, price, view.unit));
  // Debt values ⌈d·P/U⌉ with this gift: from 2e18·gift − D₀ to 2e18·(gift + 1) − D₀ − 1.
  const [least, most] = [TWO_WAD * gift - view.otherDebt, TWO_WAD * (gift + 1n) - view.otherDebt - 1n];
  return {
    from: least <= 0n ? 0n : floorDiv((least - 1n) * view.unit, view.owed) + 1n,
    to: floorDiv(most * view.unit, view.owed),
    needed: 1n + gift + view.otherByThreshold - BPS * view.otherDebt,
  };
}

/**
 * The asset on both sides, within one stretch: the liquidatable price nearest to `start` going `step` (−1 down, +1 up), not beyond `end`.
 *
 * Let L(P) = 10⁴·⌈d·P/U⌉ − t·⌊c·P/U⌋ = g·P + E(P) with g = (10⁴·d − t·c)/U of the sign of `step`, and 0 ≤ E(P) ≤ (10⁴ + t)·(U − 1)/U,
 * both roundings at their worst. So L ≥ needed is certain from P_sure = needed/g on and impossible before P_first = (needed − E_max)/g:
 * the answer lies in that band, and only there is anything tried.
 *
 * Few rounding steps in the band: from a price that fails, the next one that could hold follows in closed form (the excess must be made up
 * by whole steps of the side that helps while the other stands where it is), each time past at least one step.
 * Many (both sides nearly cancel): L is an integer, so L ∈ {needed, needed + 1, …, needed + 10⁴ + t}. For each value v the pairs (A, B)
 * with 10⁴·B − t·A = v form a line A = A₀ + (10⁴/h)·k, B = B₀ + (t/h)·k, h = gcd(10⁴, t), and the first price with ⌊c·P/U⌋ ≤ A and
 * ⌈d·P/U⌉ ≥ B on it is a lattice point between two lines, found as by Euclid. A larger v needs a price further on, so the values end as
 * soon as the best price found lies before the next one's own P_first.
 */
function findInStretch(
  view: AssetView,
  needed: bigint,
  start: bigint,
  end: bigint,
  step: 1n | -1n,
): bigint | undefined {
  const { collateral: c, owed: d, threshold: t, unit } = view;
  const growth = step * (BPS * d - t * c);
  const worst = (BPS + t) * (unit - 1n);
  const isBeyond = (a: bigint, b: bigint): boolean => step * (a - b) > 0n;
  /** The first price, going `step`, at which L = v is possible at all. */
  const firstFor = (v: bigint): bigint => step * ceilDiv(v * unit - worst, growth);
  const sure = step * ceilDiv(needed * unit, growth);
  const holds = (price: bigint): boolean =>
    BPS * computeDebtValue(d, price, unit) - t * computeCollateralValue(c, price, unit) >= needed;

  const first = isBeyond(firstFor(needed), start) ? firstFor(needed) : start;
  if (isBeyond(first, end)) return undefined;
  if (!isBeyond(sure, first)) return first;
  const last = isBeyond(sure, end) ? end : sure;

  const helping = step > 0n ? d : c;
  if (step * (last - first) * helping <= FEW_STEPS * unit) {
    let price = first;
    while (!isBeyond(price, last)) {
      if (holds(price)) return price;
      price =
        step > 0n
          ? floorDiv((ceilDiv(needed + t * computeCollateralValue(c, price, unit), BPS) - 1n) * unit, d) + 1n
          : ceilDiv((floorDiv(BPS * computeDebtValue(d, price, unit) - needed, t) + 1n) * unit, c) - 1n;
    }
    return undefined;
  }

  const h = greatestCommonDivisor(BPS, t);
  const [perA, perB] = [BPS / h, t / h];
  const [x, y] = bezout(perA, perB);
  let best = isBeyond(sure, end) ? undefined : sure;
  for (let m = ceilDiv(needed, h); m * h <= needed + BPS + t; m++) {
    const from = isBeyond(firstFor(m * h), first) ? firstFor(m * h) : first;
    if (isBeyond(from, best ?? last)) break;
    // perA·B − perB·A = m at B = x·m, A = −y·m; moved by k along (perA, perB).
    const [a, b] = [-y * m, x * m];
    // k between (c·P − U + 1 − U·A₀)/(U·perA) and (d·P + U − 1 − U·B₀)/(U·perB), with P = from + step·(distance).
    const atLeast = { slope: c, offset: c * from - unit + 1n - unit * a, divisor: unit * perA };
    const atMost = { slope: d, offset: d * from + unit - 1n - unit * b, divisor: unit * perB };
    const distance =
      step > 0n
        ? computeFirstLatticePoint(atLeast, atMost)
        : computeFirstLatticePoint({ ...atMost, offset: -atMost.offset }, { ...atLeast, offset: -atLeast.offset });
    const price = from + step * distance;
    if (!isBeyond(price, best ?? last)) best = price;
  }
  return best;
}

/**
 * The asset on both sides, over all stretches. The gift is more than D/2e18 − 1, so with L as in `findInStretch` a liquidatable price P has
 * g·P + E_max ≥ N₀ − 10⁴·D₀ + (D₀ + d·P/U)/2e18: from there on stretches are looked at in turn, the first found being the nearest.
 * `undefined` also where both sides cancel to the last of the health factor's 18 digits, so that the gift outweighs what the net short adds.
 */
function findOnBothSides(view: AssetView, start: bigint | undefined, step: 1n | -1n): bigint | undefined {
  const { collateral: c, owed: d, threshold: t, unit } = view;
  const growth = step * ((BPS * d - t * c) * TWO_WAD - d);
  if (growth <= 0n) return undefined;
  const worst = (BPS + t) * (unit - 1n);
  const others = (view.otherByThreshold - BPS * view.otherDebt) * TWO_WAD + view.otherDebt;
  let price = step * ceilDiv(others * unit - worst * TWO_WAD, growth);
  if (price < 1n && step > 0n) price = 1n;
  if (start !== undefined && step * (start - price) > 0n) price = start;
  while (price >= 1n) {
    const { from, to, needed } = computeStretch(view, price);
    const end = step > 0n ? to : from > 1n ? from : 1n;
    const found = findInStretch(view, needed, price, end, step);
    if (found !== undefined) return found;
    price = end + step;
  }
  return undefined;
}

/**
 * The liquidatable price nearest to `start` on the side where a fall (`below`) or a rise (`above`) liquidates, at or beyond `start`; not
 * under 1, the smallest answer the oracle takes. `undefined`: none. For the weight of both sides alone (closed form) see
 * `lib/risk/liquidation/closed-form.ts`; the caller has made sure that the asset weighs on that side.
 *
 * Exact for the contract's integers: one-sided in closed form, two-sided within the proven band of `findInStretch`.
 */
export function computeEdgePrice(view: AssetView, direction: 'below' | 'above', start?: bigint): bigint | undefined {
  if (view.owed === 0n) {
    const edge = computeCollateralEdge(view);
    const price = start !== undefined && start < edge ? start : edge;
    return price < 1n ? undefined : price;
  }
  if (view.collateral === 0n || view.threshold === 0n) {
    const edge = computeDebtEdge(view);
    const from = start !== undefined && start > 1n ? start : 1n;
    return edge > from ? edge : from;
  }
  return findOnBothSides(view, start, direction === 'below' ? -1n : 1n);
}
