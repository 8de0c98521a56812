import type { Leg } from '@/lib/domain/position';
import type { OraclePrice } from '@/lib/domain/price';
import { BPS, bps } from '@/lib/units/fixed';
import { computeOwed, computeSupplied } from './accrual';
import type { AaveHolding, AavePosition } from './state';
import { computeCollateralTerms } from './terms';

/** What both sides of one holding say alike; caps and totals only where there are any. */
function computeSharedFields({ reserve }: AaveHolding) {
  const { supplyCap, borrowCap } = reserve.configuration;
  const { totalSupplied, totalBorrowed } = reserve;
  return {
    asset: reserve.asset,
    price: reserve.price,
    ...(supplyCap === undefined ? {} : { supplyCap }),
    ...(borrowCap === undefined ? {} : { borrowCap }),
    ...(totalSupplied === undefined ? {} : { totalSupplied }),
    ...(totalBorrowed === undefined ? {} : { totalBorrowed }),
  };
}

/**
 * The account's legs with interest accrued to the position's block: what is supplied (rounded down), then what is owed (rounded up), each
 * by reserve id. The terms of a supply are those in force, efficiency mode included, also where it is switched off.
 */
export function listLegs(position: AavePosition): readonly Leg[] {
  const supplies = position.holdings.flatMap((holding): Leg[] => {
    if (holding.scaledSupply === 0n) return [];
    const { reserve } = holding;
    const { ltv, liquidationThreshold, liquidationBonus } = computeCollateralTerms(reserve, position.eMode);
    return [
      {
        ...computeSharedFields(holding),
        side: 'collateral',
        amount: computeSupplied(holding),
        enabled: holding.usedAsCollateral,
        liquidationThreshold,
        maxLtv: ltv,
        // 0 stands for "no collateral at all", not for a loss of everything.
        liquidationBonus: bps(liquidationBonus === 0n ? 0n : liquidationBonus - BPS),
        yearlyRate: reserve.liquidityRate,
      },
    ];
  });
  const debts = position.holdings.flatMap((holding): Leg[] =>
    holding.scaledDebt === 0n
      ? []
      : [
          {
            ...computeSharedFields(holding),
            side: 'debt',
            amount: computeOwed(holding),
            enabled: true,
            yearlyRate: holding.reserve.variableBorrowRate,
          },
        ],
  );
  return [...supplies, ...debts];
}

/** The prices that the account's figures depend on, each once, by reserve id. */
export const listPrices = (position: AavePosition): readonly OraclePrice[] =>
  position.holdings.map(({ reserve }) => reserve.price);
