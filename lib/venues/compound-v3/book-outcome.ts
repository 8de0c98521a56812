import type { BookLeg, BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { AssetAmount, BookOutcome, LiquidationStep } from '@/lib/domain/venue-model';
import {
  computeTotalValue,
  computeWeightedValue,
  ONE,
  readBookPrice,
  type WeightedLeg,
  ZERO,
} from '@/lib/risk/liquidation/book-values';
import {
  compareRational,
  divideRational,
  maxRational,
  multiplyRational,
  type Rational,
  subtractRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import type { CompoundV3Terms } from './book-terms';

export const COMPOUND_BAD_DEBT_BEARER = "the protocol's reserves, then the base asset's suppliers";

const readLiquidationFactor = ({ parameters }: BookLeg): Rational => parameters.liquidationFactor ?? ZERO;

/** What the storefront gets for a unit of a collateral's value: 1 − factor·(1 − liquidationFactor). 0.95 at factor 0.5: 0.975. */
const computeSaleRate = (leg: BookLeg, storeFrontPriceFactor: Rational): Rational =>
  subtractRational(ONE, multiplyRational(storeFrontPriceFactor, subtractRational(ONE, readLiquidationFactor(leg))));

const weigh = (legs: readonly BookLeg[], readWeight: (leg: BookLeg) => Rational): readonly WeightedLeg[] =>
  legs.map((leg) => ({ asset: leg.asset, amount: leg.amount, weight: readWeight(leg) }));

interface AbsorbValues {
  readonly collateral: Rational;
  readonly debt: Rational;
  /** Base asset credited to the account: its debt, and what the collateral's credit exceeds it by. */
  readonly credited: Rational;
  /** What the protocol gets for the collateral. */
  readonly sale: Rational;
}

function computeAbsorbValues(
  { collateral, debt, terms }: BookPosition<CompoundV3Terms>,
  prices: PriceBook,
): AbsorbValues {
  const debtValue = computeTotalValue(debt, prices);
  const sold = weigh(collateral, (leg) => computeSaleRate(leg, terms.storeFrontPriceFactor));
  return {
    collateral: computeTotalValue(collateral, prices),
    debt: debtValue,
    credited: maxRational(debtValue, computeWeightedValue(weigh(collateral, readLiquidationFactor), prices)),
    sale: computeWeightedValue(sold, prices),
  };
}

/** The protocol's gain out of the collateral, spread over its assets by value: of each the same share. */
function listFees(
  seized: readonly AssetAmount[],
  { collateral, sale, credited }: AbsorbValues,
): readonly AssetAmount[] {
  const gain = subtractRational(sale, credited);
  if (gain.numerator <= 0n) return [];
  const share = divideRational(gain, collateral);
  return seized.map(({ asset, amount }) => ({ asset, amount: reduceRational(multiplyRational(amount, share)) }));
}

/** What the account has left: none of the collateral, and base asset for the excess of its credit over its debt. */
function listLeft(seized: readonly AssetAmount[], base: AssetAmount, excess: Rational, prices: PriceBook) {
  const none = seized.map(({ asset }) => ({ asset, amount: ZERO }));
  if (excess.numerator === 0n) return none;
  const amount = reduceRational(divideRational(excess, readBookPrice(prices, base.asset)));
  return [...none, { asset: base.asset, amount }];
}

function computeAbsorb(position: BookPosition<CompoundV3Terms>, base: AssetAmount, prices: PriceBook): LiquidationStep {
  const values = computeAbsorbValues(position, prices);
  const seized = position.collateral.map(({ asset, amount }) => ({ asset, amount }));
  const excess = subtractRational(values.credited, values.debt);
  const repaid = reduceRational(divideRational(values.credited, readBookPrice(prices, base.asset)));
  return {
    repaid: [{ asset: base.asset, amount: repaid }],
    seized,
    fee: listFees(seized, values),
    penaltyValue: reduceRational(subtractRational(values.collateral, values.credited)),
    bonusValue: reduceRational(subtractRational(values.collateral, values.sale)),
    collateralLeft: listLeft(seized, base, excess, prices),
    debtLeft: [{ asset: base.asset, amount: ZERO }],
    healthFactorAfter: null,
    badDebt: reduceRational(maxRational(subtractRational(values.debt, values.sale), ZERO)),
  };
}

const ASSUMPTIONS = [
  'absorb takes all collateral at once and credits each asset’s value times its liquidation factor; an excess over the debt stays with the borrower as base asset supplied.',
  'The protocol sells what it took at its storefront’s discount, at the prices given: the bonus is the buyers’; bad debt is what that sale falls short of the debt.',
  'The storefront sells only while the reserves are below their target; until then the protocol holds the collateral itself.',
];

const isLiquidatable = ({ collateral, debt }: BookPosition<CompoundV3Terms>, prices: PriceBook): boolean => {
  const weighted = weigh(collateral, ({ parameters }) => parameters.liquidateCollateralFactor ?? ZERO);
  return compareRational(computeWeightedValue(weighted, prices), computeTotalValue(debt, prices)) < 0;
};

/**
 * Outcome by `Comet.absorb`, one step: all collateral seized, credited = max(D, Σ C·liquidationFactor) counted as repaid (the event's
 * `basePaidOut`), so the penalty is ΣC − credited. The protocol's gain or loss is what the storefront's sale,
 * Σ C·(1 − factor·(1 − liquidationFactor)), brings above or below what it credited; a loss is bad debt (no excess was credited then).
 * Source: `comet`, `contracts/Comet.sol` (`absorbInternal`, `quoteCollateral`).
 *
 * Example: 10 WETH at 2,000 (89.5 % / 95 %) against 18,000, factor 0.5: credited 19,000, 1,000 of base left, penalty 1,000, fee 500.
 */
export function computeCompoundOutcome(position: BookPosition<CompoundV3Terms>, prices: PriceBook): BookOutcome {
  const [base] = position.debt;
  if (!base || !isLiquidatable(position, prices)) {
    return { steps: [], penaltyValue: ZERO, badDebt: ZERO, badDebtBearer: undefined, assumptions: [] };
  }
  const step = computeAbsorb(position, base, prices);
  return {
    steps: [step],
    penaltyValue: step.penaltyValue,
    badDebt: step.badDebt,
    badDebtBearer: step.badDebt.numerator > 0n ? COMPOUND_BAD_DEBT_BEARER : undefined,
    assumptions: ASSUMPTIONS,
  };
}
