import type { PositionChange } from '@/lib/domain/venue-actions';
import { BPS, WAD } from '@/lib/units/fixed';
import { mulDivUp } from '@/lib/units/rounding';
import { computeAccountData } from './account-data';
import { computeSupplied } from './accrual';
import { applyChange, findHolding } from './apply-change';
import { findIsolatedCollateral } from './borrow-limit';
import { hasLiquidity, isWithinBorrowCap, isWithinSupplyCap } from './caps';
import { toCeilingUnits } from './change-holding';
import { toScaledDown } from './scaled-amounts';
import type { AaveHolding, AavePosition, AaveReserve } from './state';
import { computeCollateralTerms, isInBitmap } from './terms';

/** A change about to be made: the account before it, with the holding that it concerns. */
interface Attempt {
  readonly position: AavePosition;
  readonly holding: AaveHolding;
  readonly amount: bigint;
  /** The account as it would be. */
  readonly after: AavePosition;
}

/** One thing the contract requires: a sentence where it is not met. */
type Requirement = (attempt: Attempt) => string | undefined;

const symbolOf = ({ holding }: Attempt): string => holding.reserve.asset.symbol;

const isActive: Requirement = (attempt) =>
  attempt.holding.reserve.configuration.active ? undefined : `The reserve of ${symbolOf(attempt)} is not active.`;

const isRunning: Requirement = (attempt) =>
  attempt.holding.reserve.configuration.paused
    ? `The reserve of ${symbolOf(attempt)} is paused: nothing can be moved there now.`
    : undefined;

const isUnfrozen: Requirement = (attempt) =>
  attempt.holding.reserve.configuration.frozen
    ? `The reserve of ${symbolOf(attempt)} is frozen: it takes no new supplies and lends nothing.`
    : undefined;

const isRecorded: Requirement = (attempt) =>
  toScaledDown(attempt.amount, attempt.holding.reserve.normalizedIncome) > 0n
    ? undefined
    : `The amount of ${symbolOf(attempt)} is too small to be recorded.`;

const isUnderSupplyCap: Requirement = (attempt) =>
  isWithinSupplyCap(attempt.holding.reserve, attempt.amount)
    ? undefined
    : `The supply cap of ${attempt.holding.reserve.configuration.supplyCap} ${symbolOf(attempt)} would be exceeded.`;

const isUnderBorrowCap: Requirement = (attempt) =>
  isWithinBorrowCap(attempt.holding.reserve, attempt.amount)
    ? undefined
    : `The borrow cap of ${attempt.holding.reserve.configuration.borrowCap} ${symbolOf(attempt)} would be exceeded.`;

const isSupplied: Requirement = (attempt) =>
  computeSupplied(attempt.holding) > 0n ? undefined : `There is no ${symbolOf(attempt)} to withdraw.`;

const isOwed: Requirement = (attempt) =>
  attempt.holding.scaledDebt > 0n ? undefined : `No ${symbolOf(attempt)} is owed.`;

const isBurned: Requirement = (attempt) =>
  attempt.after.holdings.find(({ reserve }) => reserve.id === attempt.holding.reserve.id)?.scaledDebt !==
  attempt.holding.scaledDebt
    ? undefined
    : `The amount of ${symbolOf(attempt)} is too small to be recorded.`;

/** Of a withdrawal, no more than there is. */
const isInPool: Requirement = (attempt) => {
  const { holding, amount } = attempt;
  const supplied = computeSupplied(holding);
  return hasLiquidity(holding.reserve, amount < supplied ? amount : supplied)
    ? undefined
    : `The pool does not hold that much ${symbolOf(attempt)} now: it is lent out.`;
};

const isLendable: Requirement = (attempt) =>
  hasLiquidity(attempt.holding.reserve, attempt.amount)
    ? undefined
    : `The pool does not hold that much ${symbolOf(attempt)} now: it is lent out.`;

const isBorrowable: Requirement = (attempt) => {
  const { position, holding } = attempt;
  const { eMode } = position;
  if (eMode && !isInBitmap(eMode.borrowableBitmap, holding.reserve.id)) {
    return `${symbolOf(attempt)} cannot be borrowed in the efficiency mode ${eMode.label || eMode.id}.`;
  }
  return eMode || holding.reserve.configuration.borrowingEnabled
    ? undefined
    : `${symbolOf(attempt)} cannot be borrowed.`;
};

/** A siloed asset is borrowed alone: neither beside another debt nor another beside it. `UserConfiguration.getSiloedBorrowingState`. */
const isOutsideSilo: Requirement = (attempt) => {
  const debts = attempt.position.holdings.filter(({ scaledDebt }) => scaledDebt > 0n);
  const [only] = debts;
  if (!only) return undefined;
  const silo = debts.length === 1 && only.reserve.configuration.siloedBorrowing ? only.reserve : undefined;
  if (silo) {
    return silo.id === attempt.holding.reserve.id
      ? undefined
      : `Nothing else can be borrowed beside ${silo.asset.symbol}, which is siloed.`;
  }
  return attempt.holding.reserve.configuration.siloedBorrowing
    ? `${symbolOf(attempt)} is siloed: it cannot be borrowed beside another debt.`
    : undefined;
};

const isWithinIsolation: Requirement = (attempt) => {
  const { position, holding, amount } = attempt;
  const isolated = findIsolatedCollateral(position);
  if (!isolated) return undefined;
  const { symbol } = isolated.asset;
  if (!holding.reserve.configuration.borrowableInIsolation) {
    return `${symbolOf(attempt)} cannot be borrowed against ${symbol}, which is an isolated collateral.`;
  }
  const next = isolated.isolationModeTotalDebt + toCeilingUnits(amount, holding.reserve);
  return next <= isolated.configuration.debtCeiling ? undefined : `The debt ceiling of ${symbol} would be exceeded.`;
};

const isHealthy: Requirement = ({ after }) => {
  const account = computeAccountData(after);
  if (!account.known) return account.reason.text;
  return account.value.healthFactor >= WAD ? undefined : 'The health factor would fall below 1.';
};

/** The average LTV, in whole basis points, against the debt: `ValidationLogic.validateHFAndLtv`. */
const isCovered: Requirement = ({ after }) => {
  const account = computeAccountData(after);
  if (!account.known) return account.reason.text;
  const { totalCollateralBase, totalDebtBase, ltv } = account.value;
  if (ltv === 0n) return 'No collateral of the account lends anything.';
  return totalCollateralBase >= mulDivUp(totalDebtBase, BPS, ltv)
    ? undefined
    : 'More would be borrowed than the collateral allows.';
};

/** While some collateral lends nothing, only such may be taken out. `ValidationLogic.validateHFAndLtvzero`. */
const isZeroLtvFirst: Requirement = ({ after, holding }) => {
  const lendsNothing = (reserve: AaveReserve) => computeCollateralTerms(reserve, after.eMode).ltv === 0n;
  const zero = after.holdings.find(({ usedAsCollateral, reserve }) => usedAsCollateral && lendsNothing(reserve));
  return zero && !lendsNothing(holding.reserve)
    ? `${zero.reserve.asset.symbol}, which lends nothing, has to be withdrawn first.`
    : undefined;
};

/** Asked only of collateral that stands behind a debt. */
const whereItCounts =
  (requirement: Requirement): Requirement =>
  (attempt) =>
    attempt.holding.usedAsCollateral && attempt.position.holdings.some(({ scaledDebt }) => scaledDebt > 0n)
      ? requirement(attempt)
      : undefined;

/** In the contract's order: the first that is not met is the one it reverts with. */
const REQUIREMENTS: Readonly<Record<PositionChange['kind'], readonly Requirement[]>> = {
  supply: [isRecorded, isActive, isRunning, isUnfrozen, isUnderSupplyCap],
  withdraw: [isSupplied, isActive, isRunning, isInPool, whereItCounts(isHealthy), whereItCounts(isZeroLtvFirst)],
  borrow: [
    ...[isActive, isRunning, isUnfrozen, isBorrowable, isUnderBorrowCap, isOutsideSilo, isWithinIsolation],
    ...[isLendable, isCovered, isHealthy],
  ],
  repay: [isActive, isRunning, isOwed, isBurned],
};

/**
 * Why Aave v3.6 would refuse a change of the owner's in the position's block, in one plain sentence; `undefined` where it would take it.
 *
 * Amounts in token units; to withdraw or repay more than there is means all of it. Prices are the oracle's; one that is missing is an
 * obstacle where the contract asks for it. What the owner has in the wallet is not looked at, nor a sequencer's sentinel; liquidity is told
 * by the reserve's totals, and a cap is taken as kept where the totals could not be read. A reserve the account holds nothing of is looked
 * up in `market`.
 * Source: `ValidationLogic`, `SupplyLogic`, `BorrowLogic`, `IsolationModeLogic` of Aave v3.6.
 *
 * Example: a withdrawal that leaves 16,000·0.83 against 13,500: "The health factor would fall below 1."
 */
export function findObstacle(
  position: AavePosition,
  change: PositionChange,
  market: readonly AaveReserve[] = [],
): string | undefined {
  if (change.amount <= 0n) return 'The amount must be above 0.';
  const holding = findHolding(position, change, market);
  if (!holding) return 'The asset is not among those of the account.';
  const attempt: Attempt = { position, holding, amount: change.amount, after: applyChange(position, change, market) };
  for (const requirement of REQUIREMENTS[change.kind]) {
    const obstacle = requirement(attempt);
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}
