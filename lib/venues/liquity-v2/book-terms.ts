import * as z from 'zod/mini';
import { minRational, type Rational, subtractRational } from '@/lib/units/rational';
import { decimalTerm } from '../decimal-term';
import { BRANCHES, type BranchName, LIQUITY_V2 } from './branches';

export interface LiquityV2Terms {
  readonly branch: BranchName;
  /** BOLD in the branch's Stability Pool; undefined: enough for any trove. */
  readonly stabilityPool?: Rational | undefined;
}

export const liquityV2Terms: z.ZodMiniType<LiquityV2Terms> = z.strictObject({
  branch: z.enum(Object.keys(BRANCHES) as BranchName[]),
  stabilityPool: z.optional(decimalTerm),
});

/**
 * What of a debt the Stability Pool can pay off: min(debt, deposits − min(1 BOLD, deposits)), as `TroveManager.batchLiquidateTroves` has it.
 * Deposits 1,001 against 2,000: 1,000; deposits 0.5: none.
 */
export function computePoolPart(debt: Rational, { stabilityPool }: LiquityV2Terms): Rational {
  if (!stabilityPool) return debt;
  return minRational(debt, subtractRational(stabilityPool, minRational(LIQUITY_V2.leftInPool, stabilityPool)));
}
