import { ONE } from '@/lib/risk/liquidation/book-values';
import { computeCoveredDebt, type PairValues } from '@/lib/risk/liquidation/pair-liquidation';
import {
  addRational,
  compareRational,
  divideRational,
  minRational,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '@/lib/units/rational';
import { type AaveVersion, isAtLeast } from './book-terms';

const HALF = rational(1n, 2n);
/** `CLOSE_FACTOR_HF_THRESHOLD`. */
const CLOSE_FACTOR_HEALTH = rational(95n, 100n);
/** `MIN_BASE_MAX_CLOSE_FACTOR_THRESHOLD`, base currency. */
const LARGE_VALUE = rational(2000n);
/** `MIN_LEFTOVER_BASE`, base currency. */
const LEFTOVER_VALUE = rational(1000n);

const isAbove = (a: Rational, b: Rational): boolean => compareRational(a, b) > 0;
const isBelow = (a: Rational, b: Rational): boolean => compareRational(a, b) < 0;

/** Health factor strictly above 0.95, multiplied out. */
const isHealthyEnough = ({ weightedCollateral, totalDebtValue }: PairValues): boolean =>
  isAbove(weightedCollateral, multiplyRational(totalDebtValue, CLOSE_FACTOR_HEALTH));

/** 3.0–3.2: half of that debt, all of it at a health factor of 0.95 or less. */
const computeCloseFactorByReserve = (pair: PairValues): Rational =>
  isHealthyEnough(pair) ? multiplyRational(pair.debtValue, HALF) : pair.debtValue;

/** 3.3+: that debt, but no more than half of the account's while both sides of the pair are large and the health factor is above 0.95. */
function computeCloseFactorByAccount(pair: PairValues): Rational {
  const isLarge = !isBelow(pair.collateralValue, LARGE_VALUE) && !isBelow(pair.debtValue, LARGE_VALUE);
  if (!isLarge || !isHealthyEnough(pair)) return pair.debtValue;
  return minRational(pair.debtValue, multiplyRational(pair.totalDebtValue, HALF));
}

/**
 * 3.3+: a liquidation leaves none of the debt, or none of the collateral, or at least 1,000 of each (`MustNotLeaveDust`); where the most
 * would leave less, the most that does not is repaid: min(D − 1000, (C − 1000)/(1 + bonus)), not above 0 where nothing is allowed.
 */
function limitToDustRule(repaid: Rational, pair: PairValues): Rational {
  const { collateralValue, debtValue, bonus } = pair;
  const factor = addRational(ONE, bonus);
  const collateralLeft = subtractRational(collateralValue, multiplyRational(repaid, factor));
  if (!isBelow(repaid, debtValue) || collateralLeft.numerator === 0n) return repaid;
  const byDebt = subtractRational(debtValue, LEFTOVER_VALUE);
  const byCollateral = divideRational(subtractRational(collateralValue, LEFTOVER_VALUE), factor);
  return minRational(repaid, minRational(byDebt, byCollateral));
}

/**
 * Largest value one liquidation may repay on a pair, by the version's close factor, what the collateral pays for and the dust rule. Exact;
 * 2,000 and 1,000 are of the base currency, which the contracts take for dollars.
 * Source: `LiquidationLogic.executeLiquidationCall` (`_calculateDebt` before 3.3).
 *
 * Example, 3.6: collateral 10,000 at 5 %, debt 8,000 of 8,000, health factor 0.97: 4,000. Debt 2,000 against 2,020: half is 1,000, but the
 * collateral left must be 1,000, so 1,020/1.05 = 971.43.
 */
export function computeMostRepaid(pair: PairValues, version: AaveVersion): Rational {
  const covered = computeCoveredDebt(pair);
  if (!isAtLeast(version, '3.3')) return minRational(computeCloseFactorByReserve(pair), covered);
  return limitToDustRule(minRational(computeCloseFactorByAccount(pair), covered), pair);
}
