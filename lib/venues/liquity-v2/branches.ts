import { type Rational, rational } from '@/lib/units/rational';

/** What a branch fixes; ratios as fractions. */
export interface Branch {
  /** Minimum collateral ratio of a trove. */
  readonly minimumRatio: Rational;
  readonly poolPenalty: Rational;
  readonly redistributionPenalty: Rational;
}

const percent = (value: bigint): Rational => rational(value, 100n);

const stakedEther: Branch = {
  minimumRatio: percent(120n),
  poolPenalty: percent(5n),
  redistributionPenalty: percent(20n),
};

/** Branches of Liquity v2 (`liquity/bold`, `contracts/src/Dependencies/Constants.sol`). */
export const BRANCHES = {
  WETH: {
    minimumRatio: percent(110n),
    poolPenalty: percent(5n),
    redistributionPenalty: percent(10n),
  },
  wstETH: stakedEther,
  rETH: stakedEther,
} as const satisfies Record<string, Branch>;

export type BranchName = keyof typeof BRANCHES;

/**
 * Same source: least debt 2,000 BOLD, 1 BOLD that stays in the Pool, 0.5 % of the Pool's part but at most 2 units for the liquidator, a
 * redemption's least fee.
 */
export const LIQUITY_V2 = {
  minimumDebt: rational(2_000n),
  leftInPool: rational(1n),
  gasShare: rational(1n, 200n),
  gasCap: rational(2n),
  redemptionFeeFloor: rational(1n, 200n),
} as const;
