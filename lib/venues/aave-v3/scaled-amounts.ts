import { RAY, type Ray } from '@/lib/units/fixed';
import { mulDivDown, mulDivUp } from '@/lib/units/rounding';

/**
 * What an amount is without interest, rounded down: what a supply mints and what a repayment burns.
 * `TokenMath.{getATokenMintScaledAmount,getVTokenBurnScaledAmount}`. 105 units at an index of 1.05 are 100, 104 are 99.
 */
export const toScaledDown = (amount: bigint, index: Ray): bigint => mulDivDown(amount, RAY, index);

/**
 * What an amount is without interest, rounded up: what a withdrawal burns, a transfer moves and a borrowing mints.
 * `TokenMath.{getATokenBurnScaledAmount,getATokenTransferScaledAmount,getVTokenMintScaledAmount}`. 104 units at an index of 1.05 are 100.
 */
export const toScaledUp = (amount: bigint, index: Ray): bigint => mulDivUp(amount, RAY, index);
