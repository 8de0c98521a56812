import { type Bps, bps } from '@/lib/units/fixed';
import type { AaveReserve, EModeCategory } from './state';

/** What a reserve counts for as collateral of a user: its own terms, or those of the user's efficiency mode. Basis points. */
export interface CollateralTerms {
  readonly ltv: Bps;
  readonly liquidationThreshold: Bps;
  /** Contract notation: 10500 is 5 %. */
  readonly liquidationBonus: Bps;
}

/** A reserve's bit in an efficiency mode's bitmap. */
export const isInBitmap = (bitmap: bigint, reserveId: number): boolean => ((bitmap >> BigInt(reserveId)) & 1n) === 1n;

/**
 * The terms in force. Since v3.6 a collateral of the mode takes all three from the mode whatever its own configuration says, except that
 * the `ltvzeroBitmap` sets its LTV to 0; every other asset keeps its own.
 * `ValidationLogic.getUserReserveLtv`, `GenericLogic.calculateUserAccountData`, `LiquidationLogic.executeLiquidationCall`.
 */
export function computeCollateralTerms(reserve: AaveReserve, eMode: EModeCategory | undefined): CollateralTerms {
  if (eMode === undefined || !isInBitmap(eMode.collateralBitmap, reserve.id)) return reserve.configuration;
  return {
    ltv: isInBitmap(eMode.ltvzeroBitmap, reserve.id) ? bps(0n) : eMode.ltv,
    liquidationThreshold: eMode.liquidationThreshold,
    liquidationBonus: eMode.liquidationBonus,
  };
}
