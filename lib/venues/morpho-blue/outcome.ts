import { type Known, known, unknown } from '@/lib/domain/known';
import type { LiquidationPair, PositionLiquidationStep, PositionOutcome } from '@/lib/domain/outcome';
import type { PriceOverride } from '@/lib/domain/price';
import type { OutcomeRequest } from '@/lib/domain/venue-actions';
import { BASE_UNIT, type BaseValue, baseValue } from '@/lib/units/fixed';
import { ceilRational, multiplyRational, type Rational, rational, subtractRational } from '@/lib/units/rational';
import { MORPHO_BAD_DEBT_BEARER } from './book-outcome';
import { computeBorrowed, computeHealth } from './health';
import { computeLiquidation, type MorphoLiquidation } from './liquidate';
import { computeOraclePrice, computeSideAnswer } from './oracle-price';
import type { MorphoMarket, MorphoPosition, OracleSide } from './state';

const ASSUMPTIONS: readonly string[] = [
  'The liquidator takes the most: it repays the whole debt, by its shares, or where the collateral does not pay for that, seizes all of it.',
  'It acts at the block that was read, before more interest accrues.',
];

const NOTHING_TO_SEIZE =
  'There is no collateral to seize, so no liquidation takes place and all that is owed is bad debt.';

const NO_LIQUIDATION: PositionOutcome = {
  steps: [],
  penaltyValue: baseValue(0n),
  badDebtValue: baseValue(0n),
  badDebtBearer: undefined,
  assumptions: ASSUMPTIONS,
};

/** Dollars for one smallest unit of each token, exact. */
interface UnitPrices {
  readonly collateral: Rational;
  readonly loan: Rational;
}

/** The market's one pair, where there is something on both sides. */
export function listPairs({ market, collateral, borrowShares }: MorphoPosition): readonly LiquidationPair[] {
  if (collateral === 0n || borrowShares === 0n) return [];
  return [{ collateral: market.collateral.id, debt: market.loan.id }];
}

function computeUnitPrice(side: OracleSide, override: PriceOverride | undefined): Known<Rational> {
  const answer = computeSideAnswer(side, override);
  if (!answer.known) return answer;
  return known(rational(answer.value, 10n ** BigInt(side.asset.decimals + side.price.decimals)));
}

function computeUnitPrices({ oracle, loan }: MorphoMarket, override: PriceOverride | undefined): Known<UnitPrices> {
  if (!oracle.parts) {
    return unknown('price-missing', `The oracle of this market does not tell the price of ${loan.symbol} in dollars.`);
  }
  const collateral = computeUnitPrice(oracle.parts.base, override);
  if (!collateral.known) return collateral;
  const loanPrice = computeUnitPrice(oracle.parts.quote, override);
  return loanPrice.known ? known({ collateral: collateral.value, loan: loanPrice.value }) : loanPrice;
}

const worth = (amount: bigint, unitPrice: Rational): Rational => multiplyRational(rational(amount), unitPrice);
const toValueUp = (value: Rational): BaseValue => baseValue(ceilRational(value, BASE_UNIT));

function toStep(liquidation: MorphoLiquidation, pair: LiquidationPair, prices: UnitPrices): PositionLiquidationStep {
  const { repaidAssets, seizedAssets, badDebtAssets, after } = liquidation;
  const { collateral, loan, totals } = after.market;
  const lost = subtractRational(worth(seizedAssets, prices.collateral), worth(repaidAssets, prices.loan));
  return {
    pair,
    repaid: { asset: loan, amount: repaidAssets },
    seized: { asset: collateral, amount: seizedAssets },
    fee: { asset: collateral, amount: 0n },
    penaltyValue: toValueUp(lost),
    // No protocol fee: the liquidator gets all that the borrower loses.
    bonusValue: toValueUp(lost),
    collateralLeft: [{ asset: collateral, amount: after.collateral }],
    debtLeft: [{ asset: loan, amount: computeBorrowed(after.borrowShares, totals) }],
    // Repaid or written off: no debt is left in either case.
    healthFactorAfter: null,
    badDebt: badDebtAssets > 0n ? [{ asset: loan, amount: badDebtAssets }] : [],
    badDebtValue: toValueUp(worth(badDebtAssets, prices.loan)),
  };
}

/** Owed with nothing behind it: the market keeps it on its books, and nobody will repay it. */
const toUnseizable = (owed: Rational): PositionOutcome => ({
  ...NO_LIQUIDATION,
  badDebtValue: toValueUp(owed),
  badDebtBearer: MORPHO_BAD_DEBT_BEARER,
  assumptions: [...ASSUMPTIONS, NOTHING_TO_SEIZE],
});

/**
 * What a liquidation of the position does, as `Morpho.liquidate` carries it out, to the last unit: at most one step, since any part of the
 * debt may be repaid at once. The liquidator takes the most (`computeLiquidation` shows why no call takes more): all shares (`repaidShares`),
 * or all collateral (`seizedAssets`) where that does not pay for them. The market has one pair, so a chosen one changes nothing; no
 * protocol fee.
 *
 * Amounts are token units with the contract's rounding; penalty and bad debt are dollars with 8 decimals from the oracle's feeds, rounded
 * up. No steps without debt, where the position is healthy, and where there is nothing to seize: then all that is owed is bad debt. Unknown where health is, and where the
 * position is liquidatable and the oracle tells no dollar prices.
 *
 * Example: 10 wstETH at 2,700, 86 %, owing 24,000 USDC: 24,000 USDC repaid, 9.278589654074074074 wstETH seized, worth 25,052.192066, so a
 * penalty of 1,052.192066.
 */
export function computeOutcome(position: MorphoPosition, { override }: OutcomeRequest): Known<PositionOutcome> {
  const { market, borrowShares } = position;
  if (borrowShares === 0n) return known(NO_LIQUIDATION);
  const price = computeOraclePrice(market.oracle, override);
  if (!price.known) return price;
  const borrowed = computeBorrowed(borrowShares, market.totals);
  const [pair] = listPairs(position);
  const { liquidatable } = computeHealth(position, borrowed, price.value, market.params.lltv);
  if (!liquidatable) return known(NO_LIQUIDATION);
  const prices = computeUnitPrices(market, override);
  if (!prices.known) return prices;
  if (!pair) return known(toUnseizable(worth(borrowed, prices.value.loan)));
  const step = toStep(computeLiquidation(position, price.value), pair, prices.value);
  return known({
    steps: [step],
    penaltyValue: step.penaltyValue,
    badDebtValue: step.badDebtValue,
    badDebtBearer: step.badDebt.length > 0 ? MORPHO_BAD_DEBT_BEARER : undefined,
    assumptions: ASSUMPTIONS,
  });
}
