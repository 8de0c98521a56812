import type { Bps, Ray, TokenAmount } from '@/lib/units/fixed';
import type { Address, Asset, Hash } from './asset';
import type { BlockRef, ChainIdentity } from './chain';
import type { OraclePrice } from './price';

/** `<venue>~<chainId>~<market>~<owner>`, safe in a URL path; market is the venue's own key (Aave: the pool's address, Morpho: the market id). */
export type PositionId = string;

/** One thing supplied or owed, with interest accrued to the block it was read at. */
export interface Leg {
  readonly side: 'collateral' | 'debt';
  readonly asset: Asset;
  /** Balance in the token's smallest unit, as the contract would report it at that block. */
  readonly amount: TokenAmount;
  readonly price: OraclePrice;
  /** Collateral only: counts toward the borrowing limit and can be seized. */
  readonly enabled: boolean;
  /** In force for this position (eMode, isolation included). `undefined` on debt legs. */
  readonly liquidationThreshold?: Bps;
  readonly maxLtv?: Bps;
  /** What a liquidator gets beyond the repaid debt: 500 is 5 %. */
  readonly liquidationBonus?: Bps;
  /** Nominal yearly rate at the last block: earned on collateral, owed on debt. */
  readonly yearlyRate: Ray;
  /** The venue's limits, whole tokens; `undefined`: none. */
  readonly supplyCap?: bigint;
  readonly borrowCap?: bigint;
  /** Supplied and borrowed over all users, token units, where the venue tells. */
  readonly totalSupplied?: TokenAmount;
  readonly totalBorrowed?: TokenAmount;
}

/** What every venue's position shares. A venue's own state extends it with what its maths needs. */
export interface PositionBase<V extends string> {
  readonly id: PositionId;
  readonly venue: V;
  readonly chain: ChainIdentity;
  readonly owner: Address;
  readonly block: BlockRef;
}

/** An address that is watched, with the name it goes by. */
export interface WatchedAccount {
  readonly address: Address;
  readonly label: string;
  readonly kind: 'demo' | 'watched' | 'wallet';
}

/** A contract call anyone can repeat, its raw answer, and what we make of the same state. */
export interface ChainCheck {
  readonly blockHash: Hash;
  readonly blockNumber: bigint;
  readonly contract: Address;
  readonly functionName: string;
  readonly calldata: `0x${string}`;
  readonly answer: `0x${string}`;
  readonly figures: readonly {
    readonly name: string;
    readonly contract: bigint | boolean;
    readonly ours: bigint | boolean;
    /** |ours − contract| in units of the last place; 0 or 1 for a yes/no. */
    readonly unitsOff: bigint;
  }[];
}
