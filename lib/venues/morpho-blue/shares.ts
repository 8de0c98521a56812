import { mulDivDown, mulDivUp } from '@/lib/units/rounding';

/** Shares and assets every market pretends to have besides its own, so that the first depositor cannot skew the rate. */
const VIRTUAL_SHARES = 10n ** 6n;
const VIRTUAL_ASSETS = 1n;

/**
 * Assets that shares stand for, rounded down: ⌊shares · (totalAssets + 1) / (totalShares + 1e6)⌋. Source: `SharesMathLib.toAssetsDown`.
 * `toAssetsDown(1_500_000n, 1n, 1_000_000n)` is 1n.
 */
export const toAssetsDown = (shares: bigint, totalAssets: bigint, totalShares: bigint): bigint =>
  mulDivDown(shares, totalAssets + VIRTUAL_ASSETS, totalShares + VIRTUAL_SHARES);

/**
 * Assets that shares stand for, rounded up: what a borrower owes. Source: `SharesMathLib.toAssetsUp`.
 * `toAssetsUp(1_500_000n, 1n, 1_000_000n)` is 2n.
 */
export const toAssetsUp = (shares: bigint, totalAssets: bigint, totalShares: bigint): bigint =>
  mulDivUp(shares, totalAssets + VIRTUAL_ASSETS, totalShares + VIRTUAL_SHARES);

/** Shares for assets, rounded down. Source: `SharesMathLib.toSharesDown`. `toSharesDown(1n, 0n, 0n)` is 1000000n. */
export const toSharesDown = (assets: bigint, totalAssets: bigint, totalShares: bigint): bigint =>
  mulDivDown(assets, totalShares + VIRTUAL_SHARES, totalAssets + VIRTUAL_ASSETS);

/** Shares for assets, rounded up. Source: `SharesMathLib.toSharesUp`. `toSharesUp(1n, 1n, 0n)` is 500000n. */
export const toSharesUp = (assets: bigint, totalAssets: bigint, totalShares: bigint): bigint =>
  mulDivUp(assets, totalShares + VIRTUAL_SHARES, totalAssets + VIRTUAL_ASSETS);
