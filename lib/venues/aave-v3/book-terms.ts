import * as z from 'zod/mini';
import { ONE, ZERO } from '@/lib/risk/liquidation/book-values';
import { compareRational, type Rational } from '@/lib/units/rational';
import { decimalTerm } from '../decimal-term';

export const AAVE_VERSIONS = ['3.0', '3.1', '3.2', '3.3', '3.4', '3.5', '3.6'] as const;
export type AaveVersion = (typeof AAVE_VERSIONS)[number];

/** An efficiency mode the account is in; fractions, the bonus as a gain (0.01 is the contract's 10100). */
export interface BookEMode {
  readonly ltv: Rational;
  readonly liquidationThreshold: Rational;
  readonly liquidationBonus: Rational;
  /** Collateral of the mode. */
  readonly assets: readonly string[];
  /** What may be borrowed in it. */
  readonly borrowable: readonly string[];
  /** Of `assets`, those that lend nothing. Since 3.6. */
  readonly ltvZero: readonly string[];
}

export interface AaveV3Terms {
  readonly version: AaveVersion;
  readonly eMode?: BookEMode | undefined;
  /** The protocol's share of the liquidator's bonus: 0.1 is the contract's 1000. */
  readonly liquidationProtocolFee: Rational;
}

const share = decimalTerm.check(z.refine((value) => compareRational(value, ONE) <= 0, 'must be at most 1'));
// A gain of all of it or more is a bonus written as a factor: "1.01" for 1 %.
const gain = decimalTerm.check(
  z.refine((value) => compareRational(value, ONE) < 0, 'is a gain below 1: 1 % is "0.01"'),
);
const assets = z.array(z.string());

const eMode = z
  .strictObject({
    ltv: share,
    liquidationThreshold: share,
    liquidationBonus: gain,
    assets,
    borrowable: z._default(assets, []),
    ltvZero: z._default(assets, []),
  })
  .check(
    z.refine(({ ltv, liquidationThreshold }) => compareRational(ltv, liquidationThreshold) <= 0, {
      path: ['ltv'],
      error: 'is above the liquidation threshold',
    }),
  );

export const aaveV3TermsSchema = z.strictObject({
  version: z._default(z.enum(AAVE_VERSIONS), '3.6'),
  eMode: z.optional(eMode),
  liquidationProtocolFee: z._default(share, ZERO),
});

/** 3.4 is at least 3.3. */
export const isAtLeast = (version: AaveVersion, least: AaveVersion): boolean =>
  AAVE_VERSIONS.indexOf(version) >= AAVE_VERSIONS.indexOf(least);

/** In a mode only what it lists may be borrowed more of; a debt that is there already stays. `ValidationLogic.validateBorrow`. */
export const findModeBorrowProblem = ({ eMode }: AaveV3Terms, asset: string): string | undefined =>
  eMode && !eMode.borrowable.includes(asset)
    ? `${asset} is not among what may be borrowed in the account’s efficiency mode.`
    : undefined;

/** The terms with the mode's assets under other keys. */
export function renameModeAssets(terms: AaveV3Terms, rename: (asset: string) => string): AaveV3Terms {
  const { eMode } = terms;
  if (!eMode) return terms;
  const renameAll = (assets: readonly string[]) => assets.map(rename);
  return {
    ...terms,
    eMode: {
      ...eMode,
      assets: renameAll(eMode.assets),
      borrowable: renameAll(eMode.borrowable),
      ltvZero: renameAll(eMode.ltvZero),
    },
  };
}

/** Before 3.5 the average liquidation threshold was cut to whole basis points, as the average LTV is in every version. */
export const truncatesThreshold = (version: AaveVersion): boolean => !isAtLeast(version, '3.5');
