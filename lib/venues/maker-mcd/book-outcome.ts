import type { BookOutcome, LiquidationStep } from '@/lib/domain/venue-model';
import { ZERO } from '@/lib/risk/liquidation/book-values';
import type { FaceValueLoan } from '@/lib/risk/liquidation/face-value-loan';
import { computeTotalOutcome } from '@/lib/risk/liquidation/total-outcome';
import {
  addRational,
  divideRational,
  maxRational,
  minRational,
  multiplyRational,
  type Rational,
  subtractRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { computeAuctionPrice } from './auction';
import { computeBark, type Vault } from './bark';
import type { MakerMcdTerms } from './book-terms';

/** Auctions followed for one vault: thousands of millions of DAI at mainnet's holes. */
const MAX_AUCTIONS = 200;

export const MAKER_MCD_BEARER = 'the Vow, pooled over every ilk';

/** One auction, sold whole to one buyer. All in tokens. */
interface Sale {
  readonly due: Rational;
  /** DAI that the buyer pays. */
  readonly paid: Rational;
  /** Collateral that the buyer gets. */
  readonly sold: Rational;
  /** Part of it that pays the penalty. */
  readonly fee: Rational;
}

/**
 * A `Clipper.take` of the whole lot at `price` (DAI per unit): the buyer pays min(lot · price, tab) and gets that much collateral; the rest
 * returns to the owner. tab = due · chop. At no price (undefined) nobody buys: the lot is gone and nothing is paid.
 */
function computeSale(lot: Rational, due: Rational, chop: Rational, price: Rational | undefined): Sale {
  if (price === undefined || price.numerator === 0n) return { due, paid: ZERO, sold: lot, fee: ZERO };
  const paid = minRational(multiplyRational(lot, price), multiplyRational(due, chop));
  const penalty = maxRational(ZERO, subtractRational(paid, due));
  return { due, paid, sold: divideRational(paid, price), fee: divideRational(penalty, price) };
}

/** collateral value / (mat · debt at par) of what is left in the vault; null without debt. */
function computeVaultHealth({ ink, debt }: Vault, price: Rational, { mat, par }: MakerMcdTerms): Rational | null {
  if (debt.numerator === 0n) return null;
  const needed = multiplyRational(multiplyRational(debt, par), mat);
  return reduceRational(divideRational(multiplyRational(ink, price), needed));
}

function toStep(
  loan: FaceValueLoan,
  terms: MakerMcdTerms,
  sale: Sale,
  left: Vault,
  returned: Rational,
): LiquidationStep {
  const [gem, dai] = [loan.collateral, loan.debt];
  const repaid = reduceRational(minRational(sale.paid, sale.due));
  const seized = reduceRational(sale.sold);
  const penalty = subtractRational(multiplyRational(seized, gem.price), multiplyRational(repaid, dai.price));
  // A lot that nobody buys is nobody's gain.
  const bonus = sale.paid.numerator === 0n ? ZERO : subtractRational(penalty, multiplyRational(sale.fee, gem.price));
  return {
    repaid: [{ asset: dai.asset, amount: repaid }],
    seized: [{ asset: gem.asset, amount: seized }],
    fee: sale.fee.numerator === 0n ? [] : [{ asset: gem.asset, amount: reduceRational(sale.fee) }],
    penaltyValue: reduceRational(penalty),
    bonusValue: reduceRational(bonus),
    collateralLeft: [{ asset: gem.asset, amount: reduceRational(addRational(left.ink, returned)) }],
    debtLeft: [{ asset: dai.asset, amount: left.debt }],
    healthFactorAfter: computeVaultHealth(left, gem.price, terms),
    badDebt: reduceRational(multiplyRational(subtractRational(sale.due, repaid), dai.price)),
  };
}

interface Auctions {
  readonly steps: readonly LiquidationStep[];
  /** Why there is no further auction, where debt is left. */
  readonly stopped: string | undefined;
}

function runAuctions(loan: FaceValueLoan, terms: MakerMcdTerms, price: Rational | undefined): Auctions {
  const steps: LiquidationStep[] = [];
  let left: Vault = { ink: loan.collateral.amount, debt: loan.debt.amount };
  let returned = ZERO;
  while (left.debt.numerator > 0n) {
    if (steps.length === MAX_AUCTIONS)
      return { steps, stopped: `Only the first ${MAX_AUCTIONS} auctions are followed.` };
    const bark = computeBark(left, terms);
    if (!bark.ok) return { steps, stopped: bark.text };
    const sale = computeSale(bark.lot, bark.due, terms.chop, price);
    left = {
      ink: reduceRational(subtractRational(left.ink, bark.lot)),
      debt: reduceRational(subtractRational(left.debt, bark.due)),
    };
    returned = reduceRational(addRational(returned, subtractRational(bark.lot, sale.sold)));
    steps.push(toStep(loan, terms, sale, left, returned));
  }
  return { steps, stopped: undefined };
}

const ASSUMPTIONS = [
  'The delayed oracle price is the market’s, and the vault counts one DAI at par.',
  'Nothing else is being auctioned, and each auction ends before the next bark.',
  'One buyer takes the whole lot at the first step at which the auction asks no more than the market.',
  'Collateral left over returns to the owner outside the vault. What the Vow pays to keepers (tip and chip) is not the borrower’s loss and is left out.',
] as const;
const UNSOLD =
  'No step of the auction comes down to the market’s price before its reset: nobody buys, and the debt stays uncovered.';

/**
 * Barks and auctions until a vault that is unsafe is empty: a bark takes collateral and debt in proportion, so what stays is as unsafe as
 * before. repaid = min(paid, due); the penalty is the collateral that pays tab − due, and what the buyer gains; bad debt = due − repaid.
 *
 * Source: `dss/src/{dog,clip,abaci}.sol`. Example: 10 ETH against 14,000 DAI at ETH-A and 2,000: tab 15,820, price 1,989.6405…, 7.9512 ETH
 * sold, of which 0.9147 pay the penalty, 2.0488 ETH back to the owner.
 */
export function computeMakerMcdOutcome(loan: FaceValueLoan, terms: MakerMcdTerms): BookOutcome {
  const price = computeAuctionPrice(loan.collateral.price, loan.debt.price, terms);
  const { steps, stopped } = runAuctions(loan, terms, price);
  const unseizable = loan.collateral.amount.numerator === 0n ? loan.debt.value : ZERO;
  const notes = [stopped, price === undefined && steps.length > 0 ? UNSOLD : undefined].filter(
    (note) => note !== undefined,
  );
  return computeTotalOutcome(steps, MAKER_MCD_BEARER, [...ASSUMPTIONS, ...notes], unseizable);
}
