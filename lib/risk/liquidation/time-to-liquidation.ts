import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { EdgeLeg, LinearEdge } from '@/lib/domain/venue-model';
import {
  divideRational,
  multiplyRational,
  type Rational,
  rationalToNumber,
  subtractRational,
} from '@/lib/units/rational';
import { sumAligned } from '@/lib/units/sum-aligned';
import { ONE } from './book-values';
import { computeEdgeValues, computeTokenWeight, owesNothing } from './linear-edge';

export type NoTimeReason = 'no-debt' | 'already-liquidatable' | 'rate-unknown' | 'no-rate';

export type TimeToLiquidation =
  | {
      readonly exists: true;
      /** Seconds, floats: statistics, not a contract's figure. The two are one where all debts that grow have one rate. */
      readonly earliestSeconds: number;
      readonly latestSeconds: number;
    }
  | { readonly exists: false; readonly reason: NoTimeReason; readonly text: string };

/** A year of 365 days, as Aave and Compound count it. */
const YEAR_SECONDS = 31_536_000;

const TEXTS: Readonly<Record<NoTimeReason, string>> = {
  'no-debt': 'Nothing is owed, so no interest liquidates.',
  'already-liquidatable': 'Liquidatable at these prices already.',
  'rate-unknown': 'The borrow rate of a debt is not known.',
  'no-rate': 'No debt bears interest.',
};

const NEARLY = 'Liquidatable at these prices already, or less than a basis point of the collateral away from it.';

const none = (reason: NoTimeReason, text = TEXTS[reason]): TimeToLiquidation => ({ exists: false, reason, text });

/** A debt that is there: what it counts as at the edge, base currency, and its yearly rate. */
interface Growing {
  readonly value: Rational;
  readonly rate: Rational;
}

function listGrowing(
  debt: readonly EdgeLeg[],
  position: BookPosition,
  prices: PriceBook,
): readonly Growing[] | undefined {
  const growing: Growing[] = [];
  for (const [index, leg] of debt.entries()) {
    if (leg.amount.numerator === 0n) continue;
    const rate = position.debt[index]?.borrowRate;
    if (!rate) return undefined;
    if (rationalToNumber(rate) > 0)
      growing.push({ value: multiplyRational(leg.amount, computeTokenWeight(leg, prices)), rate });
  }
  return growing;
}

/** ln(a / b) for a ≥ b > 0, precise near 1 too. */
const computeLog = (a: Rational, b: Rational): number =>
  Math.log1p(rationalToNumber(subtractRational(divideRational(a, b), ONE)));

/**
 * How long until interest alone makes the position liquidatable, prices held: each debt compounds continuously at its yearly borrow rate,
 * and what the collateral earns is left out, which makes the answer too early, never too late, for collateral that earns.
 *
 * With S carried, F the debts without interest and G = Σ gⱼ those with it, the edge is where Σ gⱼ·exp(rⱼ·t) = S − F. One rate (or equal
 * ones): t = ln((S − F)/G)/r. Several: no debt grows faster than r_max, so not before ln((S − F)/G)/r_max; and exp is convex, so by
 * Jensen's inequality Σ (gⱼ/G)·exp(rⱼ·t) ≥ exp(r̄·t) with r̄ = Σ gⱼ·rⱼ/G, so no later than ln((S − F)/G)/r̄. A float; a rate below 1e-18 counts
 * as none. None, with the reason: nothing owed, liquidatable already, a rate unknown, no rate.
 *
 * `edge` is that of `position`. Example: 22,980 carried against 18,000 at 5 % a year: ln(1.27666…)/0.05 = 4.885 years.
 */
export function computeTimeToLiquidation(
  position: BookPosition,
  edge: LinearEdge,
  prices: PriceBook,
): TimeToLiquidation {
  if (owesNothing(edge)) return none('no-debt');
  const { carried, owed } = computeEdgeValues(edge, prices);
  const slack = subtractRational(carried, owed);
  if (slack.numerator < 0n) return none('already-liquidatable', edge.isCautious ? NEARLY : undefined);
  const growing = listGrowing(edge.debt, position, prices);
  if (!growing) return none('rate-unknown');
  if (growing.length === 0) return none('no-rate');
  const total = sumAligned(growing.map(({ value }) => value));
  const weighted = sumAligned(growing.map(({ value, rate }) => multiplyRational(value, rate)));
  const growth = computeLog(sumAligned([total, slack]), total);
  const fastest = Math.max(...growing.map(({ rate }) => rationalToNumber(rate)));
  const mean = Math.min(fastest, rationalToNumber(divideRational(weighted, total)));
  return {
    exists: true,
    earliestSeconds: (growth / fastest) * YEAR_SECONDS,
    latestSeconds: (growth / mean) * YEAR_SECONDS,
  };
}
