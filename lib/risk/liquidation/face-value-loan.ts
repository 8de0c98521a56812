import type { AssetKey, BookLeg, BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookEvaluation } from '@/lib/domain/venue-model';
import {
  compareRational,
  divideRational,
  maxRational,
  multiplyRational,
  type Rational,
  subtractRational,
} from '@/lib/units/rational';
import { readBookPrice, ZERO } from './book-values';

export interface PricedLeg {
  readonly asset: AssetKey;
  /** Whole tokens. */
  readonly amount: Rational;
  /** Base currency per token. */
  readonly price: Rational;
  /** amount · price. */
  readonly value: Rational;
}

/**
 * A loan of a venue that lends its own stablecoin against one collateral and counts what is owed at a face value, whatever the market
 * pays for the stablecoin (Maker's `par`, Liquity's one dollar).
 */
export interface FaceValueLoan {
  readonly collateral: PricedLeg;
  readonly debt: PricedLeg;
  /** What the venue says is owed: debt amount · face value of one token, base currency. */
  readonly faceDebt: Rational;
}

const isPositive = (value: Rational): boolean => value.numerator > 0n;

function toPricedLeg(leg: BookLeg | undefined, prices: PriceBook, otherwise: Rational): PricedLeg {
  const price = leg ? readBookPrice(prices, leg.asset) : otherwise;
  const amount = leg?.amount ?? ZERO;
  return { asset: leg?.asset ?? '', amount, price, value: multiplyRational(amount, price) };
}

/** The loan of a checked position; a leg that is not there has amount 0 (and a debt its face value as price). `face`: base currency per token. */
export function toFaceValueLoan(position: BookPosition, prices: PriceBook, face: Rational): FaceValueLoan {
  const collateral = toPricedLeg(position.collateral[0], prices, ZERO);
  const debt = toPricedLeg(position.debt[0], prices, face);
  return { collateral, debt, faceDebt: multiplyRational(debt.amount, face) };
}

/** What no venue of one collateral and one debt can hold: more legs, or one asset on both sides. */
export function findFaceValueProblem(position: BookPosition): { path: string; message: string } | undefined {
  const [collateral, debt] = [position.collateral[0], position.debt[0]];
  if (position.collateral.length > 1)
    return { path: 'collateral[1]', message: 'A position here has one collateral only.' };
  if (position.debt.length > 1) return { path: 'debt[1]', message: 'A position here has one debt only.' };
  if (collateral && collateral.asset === debt?.asset) {
    return { path: 'debt[0]', message: 'What is owed here is never its own collateral.' };
  }
  return undefined;
}

/** collateral value / face debt; null without debt. The venue's own ratio (Liquity's ICR). */
export const computeFaceRatio = ({ collateral, faceDebt }: FaceValueLoan): Rational | null =>
  isPositive(faceDebt) ? divideRational(collateral.value, faceDebt) : null;

/** Whether the collateral is worth less than `ratio` times the face debt: strictly, so at the ratio exactly it is not. */
export const isBelowRatio = ({ collateral, faceDebt }: FaceValueLoan, ratio: Rational): boolean =>
  compareRational(collateral.value, multiplyRational(faceDebt, ratio)) < 0;

/**
 * What may be drawn up to `ratio`, base currency at the debt's market price: (value / ratio − face debt) tokens; at least 0, and 0 where the
 * whole debt would stay below `minimum` tokens. `face` as in `toFaceValueLoan`.
 * Example: 10 ETH at 3,000 against 10,000 DAI at 145 %: 30,000 / 1.45 − 10,000 = 10,689.66.
 */
export function computeFaceValueRoom(
  loan: FaceValueLoan,
  ratio: Rational,
  face: Rational,
  minimum: Rational,
): Rational {
  const limit = divideRational(loan.collateral.value, multiplyRational(ratio, face));
  if (compareRational(limit, minimum) < 0) return ZERO;
  return multiplyRational(maxRational(ZERO, subtractRational(limit, loan.debt.amount)), loan.debt.price);
}

/**
 * The loan in the terms of every venue. healthFactor = collateral value / (ratio · face debt), `ratio` the venue's minimum collateral
 * ratio; the venue says itself whether it is liquidatable, because a mode may liquidate at another ratio.
 * Example: 10 ETH at 2,000 against 10,000 DAI at 145 %: 20,000 / 14,500 = 1.379….
 */
export function computeFaceValueEvaluation(
  loan: FaceValueLoan,
  ratio: Rational,
  venue: Pick<BookEvaluation, 'liquidatable' | 'availableToBorrow'>,
): BookEvaluation {
  const [collateralValue, debtValue] = [loan.collateral.value, loan.debt.value];
  const faceRatio = computeFaceRatio(loan);
  return {
    collateralValue,
    debtValue,
    healthFactor: faceRatio && divideRational(faceRatio, ratio),
    ltv: isPositive(collateralValue) ? divideRational(debtValue, collateralValue) : null,
    collateralRatio: isPositive(debtValue) ? divideRational(collateralValue, debtValue) : null,
    ...venue,
  };
}
