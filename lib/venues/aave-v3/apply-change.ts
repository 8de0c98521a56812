import { InvalidInputError } from '@/lib/domain/errors';
import type { PositionChange } from '@/lib/domain/venue-actions';
import { computeOwed, computeSupplied } from './accrual';
import { findIsolatedCollateral } from './borrow-limit';
import { changeHolding, moveTotals, reduceIsolatedDebt, toCeilingUnits } from './change-holding';
import { toScaledDown, toScaledUp } from './scaled-amounts';
import type { AaveHolding, AavePosition, AaveReserve } from './state';
import { computeCollateralTerms } from './terms';

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The account's holding of an asset, or an empty one of a reserve of the market; `undefined` where neither knows the asset. */
export function findHolding(
  position: AavePosition,
  { asset }: PositionChange,
  market: readonly AaveReserve[],
): AaveHolding | undefined {
  const held = position.holdings.find(({ reserve }) => reserve.asset.id === asset);
  if (held) return held;
  const reserve = market.find((candidate) => candidate.asset.id === asset);
  return reserve && { reserve, scaledSupply: 0n, scaledDebt: 0n, usedAsCollateral: false };
}

/**
 * Whether a first supply becomes collateral by itself: not an isolated one, not one that lends nothing, and not beside an isolated one.
 * `ValidationLogic.validateAutomaticUseAsCollateral`.
 */
export function isEnabledByItself(position: AavePosition, reserve: AaveReserve): boolean {
  const { ltv } = computeCollateralTerms(reserve, position.eMode);
  return reserve.configuration.debtCeiling === 0n && ltv > 0n && findIsolatedCollateral(position) === undefined;
}

function supply(position: AavePosition, holding: AaveHolding, amount: bigint): AaveHolding {
  const { reserve, scaledSupply, usedAsCollateral } = holding;
  return {
    ...holding,
    reserve: moveTotals(reserve, amount, 0n),
    scaledSupply: scaledSupply + toScaledDown(amount, reserve.normalizedIncome),
    usedAsCollateral: usedAsCollateral || (scaledSupply === 0n && isEnabledByItself(position, reserve)),
  };
}

function withdraw(holding: AaveHolding, amount: bigint): AaveHolding {
  const { reserve, scaledSupply, usedAsCollateral } = holding;
  const balance = computeSupplied(holding);
  const left = amount >= balance ? 0n : scaledSupply - toScaledUp(amount, reserve.normalizedIncome);
  return {
    ...holding,
    reserve: moveTotals(reserve, -least(amount, balance), 0n),
    scaledSupply: left,
    usedAsCollateral: usedAsCollateral && left > 0n,
  };
}

/**
 * The reserve as a borrowing finds it. Where nobody owes anything its debt index has stood still since the last update, though
 * `getReserveNormalizedVariableDebt` tells interest on it: `ReserveLogic._updateIndexes`.
 */
const toBorrowedFrom = (reserve: AaveReserve, nowSeconds: number): AaveReserve =>
  reserve.totalBorrowed === 0n
    ? {
        ...reserve,
        normalizedDebt: reserve.variableBorrowIndex,
        liquidityIndex: reserve.normalizedIncome,
        lastUpdateSeconds: nowSeconds,
      }
    : reserve;

function borrow(position: AavePosition, holding: AaveHolding, amount: bigint): AaveHolding {
  const reserve = toBorrowedFrom(holding.reserve, position.block.timestampSeconds);
  return {
    ...holding,
    reserve: moveTotals(reserve, 0n, amount),
    scaledDebt: holding.scaledDebt + toScaledUp(amount, reserve.normalizedDebt),
  };
}

/** Of more than is owed, all of it. */
const computePaid = (holding: AaveHolding, amount: bigint): bigint => least(amount, computeOwed(holding));

function repay(holding: AaveHolding, amount: bigint): AaveHolding {
  const { reserve, scaledDebt } = holding;
  const paid = computePaid(holding, amount);
  return {
    ...holding,
    reserve: moveTotals(reserve, 0n, -paid),
    scaledDebt: scaledDebt - toScaledDown(paid, reserve.normalizedDebt),
  };
}

/** The holding with its change; other holdings are not touched by it. */
function changeOne(position: AavePosition, holding: AaveHolding, { kind, amount }: PositionChange): AaveHolding {
  switch (kind) {
    case 'supply':
      return supply(position, holding, amount);
    case 'withdraw':
      return withdraw(holding, amount);
    case 'borrow':
      return borrow(position, holding, amount);
    case 'repay':
      return repay(holding, amount);
  }
}

/** What is owed against an account's isolated collateral, after a borrowing or a repayment. */
function moveIsolatedDebt(before: AavePosition, after: AavePosition, holding: AaveHolding, change: PositionChange) {
  const isolated = findIsolatedCollateral(before);
  if (!isolated || change.kind === 'supply' || change.kind === 'withdraw') return after;
  return changeHolding(after, isolated.id, (other) => {
    const { reserve } = other;
    if (change.kind === 'repay') {
      return { ...other, reserve: reduceIsolatedDebt(reserve, holding.reserve, computePaid(holding, change.amount)) };
    }
    const isolationModeTotalDebt = reserve.isolationModeTotalDebt + toCeilingUnits(change.amount, holding.reserve);
    return { ...other, reserve: { ...reserve, isolationModeTotalDebt } };
  });
}

/** The position with the holding put in its place by reserve id, if it is not among the account's. */
function withHolding(position: AavePosition, holding: AaveHolding): AavePosition {
  if (position.holdings.some(({ reserve }) => reserve.id === holding.reserve.id)) return position;
  const holdings = [...position.holdings, holding].sort((a, b) => a.reserve.id - b.reserve.id);
  return { ...position, holdings };
}

/**
 * The account after a change of its owner's, as the contract would hold it in the position's block: balances without interest to the last
 * unit (supplied down, withdrawn up, borrowed up, repaid down), the collateral flag of a first supply and of a last withdrawal, what is owed
 * against an isolated collateral. Amounts in token units; more than there is means all of it. Rates stay as they were read, and a reserve's
 * totals may be off by a unit. Whether the venue would take the change is `findObstacle`'s question.
 *
 * A reserve the account holds nothing of is looked up in `market`. Errors: `InvalidInputError` ASSET_UNKNOWN where it is not there either.
 * Source: `SupplyLogic.{executeSupply,executeWithdraw}`, `BorrowLogic.{executeBorrow,executeRepay}` of Aave v3.6.
 *
 * Example: 100 USDC repaid of 1,000 at a debt index of 1.05: of 952.380953 without interest, 857.142858 are left.
 */
export function applyChange(
  position: AavePosition,
  change: PositionChange,
  market: readonly AaveReserve[] = [],
): AavePosition {
  const holding = findHolding(position, change, market);
  if (!holding) {
    throw new InvalidInputError('ASSET_UNKNOWN', `The account has no reserve of ${change.asset}.`, {
      inputs: { asset: change.asset },
      nextStep: 'Choose an asset that the account holds or owes.',
    });
  }
  const before = withHolding(position, holding);
  const after = changeHolding(before, holding.reserve.id, (held) => changeOne(before, held, change));
  return moveIsolatedDebt(before, after, holding, change);
}
