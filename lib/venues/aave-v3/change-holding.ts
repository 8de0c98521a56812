import { tokenAmount } from '@/lib/units/fixed';
import { computeUnit } from './account-data';
import type { AaveHolding, AavePosition, AaveReserve } from './state';

/** A debt ceiling counts whole tokens with 2 decimals: `ReserveConfiguration.DEBT_CEILING_DECIMALS`. */
const CEILING_DECIMALS = 2;

/** The position with one holding replaced; the others stay the same objects. */
export const changeHolding = (
  position: AavePosition,
  reserveId: number,
  change: (holding: AaveHolding) => AaveHolding,
): AavePosition => ({
  ...position,
  holdings: position.holdings.map((holding) => (holding.reserve.id === reserveId ? change(holding) : holding)),
});

const addTo = (total: AaveReserve['totalSupplied'], amount: bigint): AaveReserve['totalSupplied'] =>
  total === undefined ? undefined : tokenAmount(total + amount > 0n ? total + amount : 0n);

/** A reserve's totals moved by an amount, token units; they may be off by a unit, because the contract rounds them as a whole. */
export const moveTotals = (reserve: AaveReserve, supplied: bigint, borrowed: bigint): AaveReserve => ({
  ...reserve,
  totalSupplied: addTo(reserve.totalSupplied, supplied),
  totalBorrowed: addTo(reserve.totalBorrowed, borrowed),
});

/** An amount as a debt ceiling counts it: 2 decimals, rounded down, no price. `IsolationModeLogic.convertToIsolatedDebtUnits`. */
export const toCeilingUnits = (amount: bigint, { configuration }: AaveReserve): bigint =>
  amount / computeUnit(Math.max(0, configuration.decimals - CEILING_DECIMALS));

/** What is owed against an isolated collateral, less a repayment of `amount` of `debt`; never below 0. `IsolationModeLogic.updateIsolatedDebt`. */
export function reduceIsolatedDebt(isolated: AaveReserve, debt: AaveReserve, amount: bigint): AaveReserve {
  const left = isolated.isolationModeTotalDebt - toCeilingUnits(amount, debt);
  return { ...isolated, isolationModeTotalDebt: left > 0n ? left : 0n };
}
