import type { BookPosition } from '@/lib/domain/book-position';
import type { BookLiquidationPrice, BookLiquidationPrices } from '@/lib/domain/venue-model';
import { divideRational, type Rational, subtractRational } from '@/lib/units/rational';
import { ONE, ZERO } from './book-values';
import { computeClosedFormFactor, computeClosedFormPrice } from './closed-form';
import type { FaceValueLoan } from './face-value-loan';

type NoPrice = Extract<BookLiquidationPrice, { exists: false }>;
const none = (reason: NoPrice['reason'], text: string): NoPrice => ({ exists: false, reason, text });

/** Why neither side has a price, where that is so. */
function findNowhere({ collateral, faceDebt }: FaceValueLoan): NoPrice | undefined {
  if (faceDebt.numerator === 0n) return none('no-debt', 'Nothing is owed, so no price liquidates.');
  if (collateral.amount.numerator > 0n) return undefined;
  return none('already-liquidatable', 'There is debt without collateral: liquidatable at every price.');
}

function computeTogether(loan: FaceValueLoan, ratio: Rational): BookLiquidationPrices['together'] {
  const weightedCollateral = divideRational(loan.collateral.value, ratio);
  const edge = computeClosedFormFactor({ weightedCollateral, sharedDebt: ZERO, fixedDebt: loan.faceDebt });
  return edge.exists
    ? { exists: true, drop: subtractRational(ONE, edge.factor) }
    : none(edge.reason, 'The collateral is worth nothing now, and no rise in percent changes that.');
}

/**
 * Liquidation prices of a loan that is liquidatable when collateral · P < ratio · face debt: P* = ratio · face debt / collateral, below. The
 * debt's own market price has none: the venue counts it at face value. Exact.
 * Example: 10 ETH against 10,000 DAI at 145 %: 1,450.
 */
export function computeFaceValuePrices(
  position: BookPosition,
  loan: FaceValueLoan,
  ratio: Rational,
  faceText: string,
): BookLiquidationPrices {
  const assets = [...position.collateral, ...position.debt].map((leg) => leg.asset);
  const nowhere = findNowhere(loan);
  if (nowhere) return { alone: new Map(assets.map((asset) => [asset, nowhere])), together: nowhere };
  const price = computeClosedFormPrice({
    collateralPerPrice: divideRational(loan.collateral.amount, ratio),
    debtPerPrice: ZERO,
    owedByOthers: loan.faceDebt,
  });
  const ofCollateral = price.exists ? price : none(price.reason, 'No price above 0 liquidates.');
  return {
    alone: new Map<string, BookLiquidationPrice>([
      [loan.collateral.asset, ofCollateral],
      [loan.debt.asset, none('venue-rule', faceText)],
    ]),
    together: computeTogether(loan, ratio),
  };
}
