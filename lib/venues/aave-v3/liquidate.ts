import type { AccountData } from './account-data';
import { computeOwed, computeSupplied } from './accrual';
import { changeHolding, moveTotals, reduceIsolatedDebt } from './change-holding';
import type { Exchange, PairTerms } from './liquidation-pair';
import { toScaledDown, toScaledUp } from './scaled-amounts';
import type { AaveHolding, AavePosition } from './state';

/** Debt that is written off, token units. */
export interface WrittenOff {
  readonly holding: AaveHolding;
  readonly amount: bigint;
}

export interface Liquidated {
  readonly position: AavePosition;
  /** What the protocol gets: the fee, or what is left of the balance where that is less. */
  readonly fee: bigint;
  readonly writtenOff: readonly WrittenOff[];
}

interface Seizure {
  readonly holding: AaveHolding;
  readonly fee: bigint;
}

/**
 * The collateral after the liquidator's and then the protocol's share have left, both rounded up without interest; the latter is cut to
 * what is left. The flag goes where the two are the whole balance, even if rounding leaves nothing in other cases too.
 */
function seize({ collateral, balance }: PairTerms, { received, fee }: Exchange): Seizure {
  const { reserve, scaledSupply } = collateral;
  const index = reserve.normalizedIncome;
  const afterBurn = scaledSupply - toScaledUp(received, index);
  const wanted = toScaledUp(fee, index);
  const isShort = wanted > afterBurn;
  return {
    holding: {
      ...collateral,
      reserve: moveTotals(reserve, -received, 0n),
      scaledSupply: isShort ? 0n : afterBurn - wanted,
      usedAsCollateral: received + fee !== balance,
    },
    fee: isShort ? computeSupplied({ ...collateral, scaledSupply: afterBurn }) : fee,
  };
}

/** The holding with a debt of so many token units less, rounded down without interest. */
const burnDebt = (holding: AaveHolding, amount: bigint): AaveHolding => ({
  ...holding,
  reserve: moveTotals(holding.reserve, 0n, -amount),
  scaledDebt: holding.scaledDebt - toScaledDown(amount, holding.reserve.normalizedDebt),
});

/** Burns all that is still owed, except in reserves that are switched off. `LiquidationLogic._burnBadDebt`. */
function writeOff(position: AavePosition): Pick<Liquidated, 'position' | 'writtenOff'> {
  const unpaid = position.holdings.filter(({ scaledDebt, reserve }) => scaledDebt > 0n && reserve.configuration.active);
  return {
    position: unpaid.reduce(
      (left, { reserve }) => changeHolding(left, reserve.id, (holding) => burnDebt(holding, computeOwed(holding))),
      position,
    ),
    writtenOff: unpaid.map((holding) => ({ holding, amount: computeOwed(holding) })),
  };
}

/** The part of the chosen debt that a liquidation leaves when it takes the last collateral of value, before any other debt's. */
function listWrittenOff({ debt, owed }: PairTerms, { repaid }: Exchange, rest: readonly WrittenOff[]) {
  const unpaid = owed - repaid;
  return unpaid > 0n ? [{ holding: debt, amount: unpaid }, ...rest] : rest;
}

/**
 * One liquidation as the contract carries it out on an account, in the position's block: balances without interest to the last unit, the
 * collateral's flag, what is owed against an isolated collateral, and, when all of the account's collateral by value is seized, every
 * debt burned into its reserve's deficit. Rates stay as they were read.
 * Source: `LiquidationLogic.{executeLiquidationCall,_burnCollateralATokens,_burnDebtTokens,_burnBadDebt}`.
 */
export function liquidate(
  position: AavePosition,
  pair: PairTerms,
  exchange: Exchange,
  account: AccountData,
): Liquidated {
  const { collateral, debt, owed } = pair;
  const isLast = exchange.seizedValue === account.totalCollateralBase;
  const { holding: seized, fee } = seize(pair, exchange);
  const isIsolated = collateral.reserve.configuration.debtCeiling > 0n;
  const reserve = isIsolated ? reduceIsolatedDebt(seized.reserve, debt.reserve, exchange.repaid) : seized.reserve;
  const afterSeizure = changeHolding(position, collateral.reserve.id, () => ({ ...seized, reserve }));
  const afterBurn = changeHolding(afterSeizure, debt.reserve.id, (holding) =>
    burnDebt(holding, isLast ? owed : exchange.repaid),
  );
  if (!isLast) return { position: afterBurn, fee, writtenOff: [] };
  const { position: left, writtenOff } = writeOff(afterBurn);
  return { position: left, fee, writtenOff: listWrittenOff(pair, exchange, writtenOff) };
}
