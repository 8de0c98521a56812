import { type Known, known } from '@/lib/domain/known';
import type { LiquidationPair } from '@/lib/domain/outcome';
import type { PriceOverride } from '@/lib/domain/price';
import { BPS, type Bps } from '@/lib/units/fixed';
import { mulDivHalfUp, mulDivUp } from '@/lib/units/rounding';
import { computeCollateralValue, computeUnit } from './account-data';
import { computeOwed, computeSupplied } from './accrual';
import { computeAnswer } from './price';
import type { AaveHolding, AavePosition } from './state';
import { computeCollateralTerms } from './terms';

/** One collateral and one debt of an account with what a liquidation of the two is reckoned by. Amounts in token units. */
export interface PairTerms {
  readonly collateral: AaveHolding;
  readonly debt: AaveHolding;
  /** Supplied and owed, as the contract reports them. */
  readonly balance: bigint;
  readonly owed: bigint;
  readonly collateralAnswer: bigint;
  readonly debtAnswer: bigint;
  readonly collateralUnit: bigint;
  readonly debtUnit: bigint;
  /** Contract notation: 10500 is 5 %. */
  readonly bonus: Bps;
  /** The protocol's share of the bonus. */
  readonly feeShare: Bps;
}

/** Neither paused nor switched off, without which the contract liquidates nothing. */
const isOpen = ({ reserve }: AaveHolding): boolean => reserve.configuration.active && !reserve.configuration.paused;

const byId = (a: AaveHolding, b: AaveHolding): number => a.reserve.id - b.reserve.id;

/** Every pair of holdings that the contract would take, by reserve id: collateral first, then debt. Health is not looked at. */
export function listHoldingPairs(position: AavePosition): readonly (readonly [AaveHolding, AaveHolding])[] {
  const open = position.holdings.filter(isOpen).sort(byId);
  const debts = open.filter(({ scaledDebt }) => scaledDebt > 0n);
  return open
    .filter((holding) => holding.usedAsCollateral && computeSupplied(holding) > 0n)
    .filter(({ reserve }) => computeCollateralTerms(reserve, position.eMode).liquidationBonus > 0n)
    .flatMap((collateral) => debts.map((debt) => [collateral, debt] as const));
}

/**
 * Every pair a liquidator may choose, by reserve id: collateral first, then debt. Left out are reserves that are paused or switched off, a
 * collateral without a bonus (its liquidation reverts) and what is supplied without being used as collateral.
 */
export const listPairs = (position: AavePosition): readonly LiquidationPair[] =>
  listHoldingPairs(position).map(([collateral, debt]) => ({
    collateral: collateral.reserve.asset.id,
    debt: debt.reserve.asset.id,
  }));

/** The pair's terms at the oracle's prices or at overriding ones; unknown as soon as one of the two prices is. */
export function computePairTerms(
  position: AavePosition,
  [collateral, debt]: readonly [AaveHolding, AaveHolding],
  override?: PriceOverride,
): Known<PairTerms> {
  const collateralAnswer = computeAnswer(collateral.reserve, override);
  if (!collateralAnswer.known) return collateralAnswer;
  const debtAnswer = computeAnswer(debt.reserve, override);
  if (!debtAnswer.known) return debtAnswer;
  const { decimals, liquidationProtocolFee } = collateral.reserve.configuration;
  return known({
    collateral,
    debt,
    balance: computeSupplied(collateral),
    owed: computeOwed(debt),
    collateralAnswer: collateralAnswer.value,
    debtAnswer: debtAnswer.value,
    collateralUnit: computeUnit(decimals),
    debtUnit: computeUnit(debt.reserve.configuration.decimals),
    bonus: computeCollateralTerms(collateral.reserve, position.eMode).liquidationBonus,
    feeShare: liquidationProtocolFee,
  });
}

/** What one liquidation moves. Token units; `seizedValue` base currency. */
export interface Exchange {
  readonly repaid: bigint;
  /** The liquidator's. */
  readonly received: bigint;
  /** The protocol's, out of the bonus. */
  readonly fee: bigint;
  /** Of received and fee together, rounded down. */
  readonly seizedValue: bigint;
}

/** ⌊value·share/10⁴ + ½⌋: `PercentageMath.percentMul`. */
const percentMul = (value: bigint, share: bigint): bigint => mulDivHalfUp(value, share, BPS);

/**
 * What the contract takes and gives when `debtToCover` of the debt is to be repaid: at most the whole balance, and then less is repaid.
 * Token units; collateral rounded down, then half up with the bonus; the debt for a whole balance rounded up; the fee half up.
 * `LiquidationLogic._calculateAvailableCollateralToLiquidate`.
 *
 * Example: 8,500 USDC for ETH at 2,000 with 5 % and a tenth for the protocol: 4.4625 ETH, of which 0.02125 are the fee.
 */
export function computeExchange(pair: PairTerms, debtToCover: bigint): Exchange {
  const { balance, collateralAnswer, debtAnswer, collateralUnit, debtUnit, bonus, feeShare } = pair;
  const base = (debtAnswer * debtToCover * collateralUnit) / (collateralAnswer * debtUnit);
  const wanted = percentMul(base, bonus);
  const isShort = wanted > balance;
  const seized = isShort ? balance : wanted;
  const worth = (collateralAnswer * balance * debtUnit) / (debtAnswer * collateralUnit);
  const fee = feeShare === 0n ? 0n : percentMul(seized - mulDivHalfUp(seized, BPS, bonus), feeShare);
  return {
    repaid: isShort ? mulDivUp(worth, BPS, bonus) : debtToCover,
    received: seized - fee,
    fee,
    seizedValue: computeCollateralValue(seized, collateralAnswer, collateralUnit),
  };
}
