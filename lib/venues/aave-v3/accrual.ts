import { RAY, type Ray, ray, type TokenAmount, tokenAmount } from '@/lib/units/fixed';
import { mulDivDown, mulDivHalfUp, mulDivUp } from '@/lib/units/rounding';
import type { AaveHolding } from './state';

/** The contract's year has 365 days (`MathUtils.SECONDS_PER_YEAR`). */
const SECONDS_PER_YEAR = 31_536_000n;

const rayMul = (a: bigint, b: bigint): bigint => mulDivHalfUp(a, b, RAY);

/**
 * Supply index at a block's time: linear interest on the stored index, half up. `ReserveLogic.getNormalizedIncome`.
 *
 * `rate` yearly, 27 decimals; times in chain seconds, `nowSeconds` not before the last update.
 * Example: index 1, 5 % a year, half a year later: 1.025.
 */
export function computeNormalizedIncome(index: Ray, rate: Ray, lastUpdateSeconds: number, nowSeconds: number): Ray {
  const elapsed = BigInt(nowSeconds - lastUpdateSeconds);
  if (elapsed === 0n) return index;
  return ray(rayMul(RAY + (rate * elapsed) / SECONDS_PER_YEAR, index));
}

/**
 * Debt index at a block's time: interest compounded by the contract's third-order polynomial 1 + x + x²/2 + x³/6 with x = rate·t, each
 * product half up. `ReserveLogic.getNormalizedDebt`, `MathUtils.calculateCompoundedInterest`.
 *
 * Example: index 1, 5 % a year, one year later: 1.05127083…
 */
export function computeNormalizedDebt(index: Ray, rate: Ray, lastUpdateSeconds: number, nowSeconds: number): Ray {
  const elapsed = BigInt(nowSeconds - lastUpdateSeconds);
  if (elapsed === 0n) return index;
  const x = (rate * elapsed) / SECONDS_PER_YEAR;
  return ray(rayMul(RAY + x + rayMul(x, x / 2n + rayMul(x, x / 6n)), index));
}

/** Supplied balance with interest, token units, rounded down: `TokenMath.getATokenBalance`. */
export const computeSupplied = ({ scaledSupply, reserve }: AaveHolding): TokenAmount =>
  tokenAmount(mulDivDown(scaledSupply, reserve.normalizedIncome, RAY));

/** Debt with interest, token units, rounded up: `TokenMath.getVTokenBalance`. */
export const computeOwed = ({ scaledDebt, reserve }: AaveHolding): TokenAmount =>
  tokenAmount(mulDivUp(scaledDebt, reserve.normalizedDebt, RAY));
