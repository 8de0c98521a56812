import { toOptional } from '@/lib/domain/known';
import type { PositionRow } from './position-row';

/** By the contract's own test, at the prices of the row; what is unknown is not said to be. */
export const isLiquidatable = ({ evaluation }: Pick<PositionRow, 'evaluation'>): boolean =>
  toOptional(evaluation.liquidatable) === true;
