import { BASE_UNIT, BPS, WAD } from '@/lib/units/fixed';
import { mulDivHalfUp } from '@/lib/units/rounding';
import { type AccountData, computeCollateralValue, computeDebtValue } from './account-data';
import { computeExchange, type Exchange, type PairTerms } from './liquidation-pair';
import { toScaledDown } from './scaled-amounts';

/** `CLOSE_FACTOR_HF_THRESHOLD`: above it no more than half of the account's debt may be repaid at once. */
const CLOSE_FACTOR_HEALTH = (WAD * 95n) / 100n;
/** `DEFAULT_LIQUIDATION_CLOSE_FACTOR`. */
const CLOSE_FACTOR = 5_000n;
/** `MIN_BASE_MAX_CLOSE_FACTOR_THRESHOLD`: below it on either side of the pair everything may be repaid. */
const LARGE_VALUE = 2_000n * BASE_UNIT;
/** `MIN_LEFTOVER_BASE`. */
const LEFTOVER_VALUE = 1_000n * BASE_UNIT;

/** What the close factor allows, token units, rounded down. */
function computeCloseFactorLimit(pair: PairTerms, { totalDebtBase, healthFactor }: AccountData): bigint {
  const { balance, owed, collateralAnswer, collateralUnit, debtAnswer, debtUnit } = pair;
  const debtValue = computeDebtValue(owed, debtAnswer, debtUnit);
  const isLarge =
    computeCollateralValue(balance, collateralAnswer, collateralUnit) >= LARGE_VALUE && debtValue >= LARGE_VALUE;
  if (!isLarge || healthFactor <= CLOSE_FACTOR_HEALTH) return owed;
  const half = mulDivHalfUp(totalDebtBase, CLOSE_FACTOR, BPS);
  return debtValue > half ? (half * debtUnit) / debtAnswer : owed;
}

/** `MustNotLeaveDust`: some of both would stay, and less than 1,000 of one of them. */
function leavesDust(pair: PairTerms, { repaid, received, fee }: Exchange): boolean {
  const { balance, owed, collateralAnswer, collateralUnit, debtAnswer, debtUnit } = pair;
  const left = balance - received - fee;
  if (repaid >= owed || left <= 0n) return false;
  return (
    computeDebtValue(owed - repaid, debtAnswer, debtUnit) < LEFTOVER_VALUE ||
    computeCollateralValue(left, collateralAnswer, collateralUnit) < LEFTOVER_VALUE
  );
}

/**
 * Largest repayment that leaves 1,000 of debt: ⌈(D − x)·P/U⌉ ≥ L ⇔ (D − x)·P > (L − 1)·U ⇔ D − x ≥ ⌊(L − 1)·U/P⌋ + 1.
 * Below 0 where there is none.
 */
const computeMostByDebt = ({ owed, debtAnswer, debtUnit }: PairTerms): bigint =>
  owed - (((LEFTOVER_VALUE - 1n) * debtUnit) / debtAnswer + 1n);

/**
 * Largest repayment that leaves 1,000 of collateral, each rounding of the contract undone from the outside in:
 * ⌊(C − S)·Pc/Uc⌋ ≥ L ⇔ S ≤ C − ⌈L·Uc/Pc⌉ =: s; S = ⌊(B·b + 5000)/10⁴⌋ ≤ s ⇔ B·b < (s + 1)·10⁴ − 5000 ⇔ B ≤ ⌊((s + 1)·10⁴ − 5001)/b⌋;
 * B = ⌊Pd·x·Uc/(Pc·Ud)⌋ ≤ β ⇔ Pd·x·Uc < (β + 1)·Pc·Ud. Below 0 where there is none.
 */
function computeMostByCollateral(pair: PairTerms): bigint {
  const { balance, collateralAnswer, collateralUnit, debtAnswer, debtUnit, bonus } = pair;
  const seizable = balance - ((LEFTOVER_VALUE * collateralUnit - 1n) / collateralAnswer + 1n);
  if (seizable < 0n) return -1n;
  const base = ((seizable + 1n) * BPS - BPS / 2n - 1n) / bonus;
  return ((base + 1n) * collateralAnswer * debtUnit - 1n) / (debtAnswer * collateralUnit);
}

/** The most that neither the close factor nor the dust rule forbids; `undefined` where the dust rule leaves nothing. */
function computeMostAllowed(pair: PairTerms, account: AccountData): Exchange | undefined {
  const most = computeExchange(pair, computeCloseFactorLimit(pair, account));
  if (!leavesDust(pair, most)) return most;
  const [byDebt, byCollateral] = [computeMostByDebt(pair), computeMostByCollateral(pair)];
  const withoutDust = byDebt < byCollateral ? byDebt : byCollateral;
  return withoutDust > 0n ? computeExchange(pair, withoutDust) : undefined;
}

/**
 * The largest liquidation of a pair that the contract carries out, of a liquidatable account; `undefined` where it refuses every one.
 *
 * Half of the account's debt while its health factor is above 0.95 and both sides of the pair are worth 2,000 or more, else all of the debt;
 * no more than the collateral pays for; and where that would leave both some debt and some collateral but less than 1,000 of either, the
 * most that does not. A liquidation so small that no token would be burned is refused too (`InvalidBurnAmount`).
 * Source: `LiquidationLogic.executeLiquidationCall`, `ScaledBalanceTokenBase._burnScaled`.
 *
 * Example: 1 ETH at 2,020 against 2,000.00 USDC of 4,000 in all, health factor 0.97: half is 2,000, which with 5 % takes more than there
 * is; so all of the collateral goes, for 1,923.809524 USDC.
 */
export function computeMostRepaid(pair: PairTerms, account: AccountData): Exchange | undefined {
  const most = computeMostAllowed(pair, account);
  if (most === undefined || most.received === 0n) return undefined;
  const burned = most.seizedValue === account.totalCollateralBase ? pair.owed : most.repaid;
  return toScaledDown(burned, pair.debt.reserve.normalizedDebt) > 0n ? most : undefined;
}
