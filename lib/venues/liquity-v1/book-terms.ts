import * as z from 'zod/mini';
import { compareRational, minRational, type Rational, rational } from '@/lib/units/rational';
import { decimalTerm } from '../decimal-term';

/** What a trove's safety and liquidation hang on beside the trove itself. */
export interface LiquityV1Terms {
  /** Of the whole system; below 1.5 it is in recovery mode. undefined: normal mode. */
  readonly totalCollateralRatio?: Rational | undefined;
  /** LUSD in the Stability Pool; undefined: enough for any trove. */
  readonly stabilityPool?: Rational | undefined;
}

/** No system ever stood so high: it is a percentage written as a ratio. */
const HIGHEST_RATIO = rational(50n);

export const liquityV1Terms: z.ZodMiniType<LiquityV1Terms> = z.strictObject({
  totalCollateralRatio: z.optional(
    decimalTerm.check(z.refine((ratio) => compareRational(ratio, HIGHEST_RATIO) <= 0, 'is a ratio: 140 % is "1.4"')),
  ),
  stabilityPool: z.optional(decimalTerm),
});

/** What of a debt the Stability Pool can pay off; all deposits are usable (`StabilityPool.sol` as deployed). */
export const computePoolPart = (debt: Rational, { stabilityPool }: LiquityV1Terms): Rational =>
  stabilityPool ? minRational(debt, stabilityPool) : debt;

/** `liquity/dev`, `packages/contracts/contracts/Dependencies/LiquityBase.sol`: 110 %, 150 %, 200 LUSD, 1,800 LUSD net, 0.5 %. */
export const LIQUITY_V1 = {
  minimumRatio: rational(11n, 10n),
  criticalRatio: rational(3n, 2n),
  gasReserve: rational(200n),
  /** Composite: net 1,800 and the reserve of 200. */
  minimumDebt: rational(2_000n),
  gasShare: rational(1n, 200n),
} as const;
