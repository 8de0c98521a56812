import { type Asset, type Hash, toAssetId } from '@/lib/domain/asset';
import type { OraclePrice } from '@/lib/domain/price';
import { tokenAmount, wad } from '@/lib/units/fixed';
import { rational } from '@/lib/units/rational';
import type { MorphoMarket, MorphoPosition, OracleSide } from './state';

/** Positions made by hand for unit tests: no chain, no reader. */

const addressOf = (digit: string): `0x${string}` => `0x${digit.repeat(40)}`;
const hashOf = (digit: string): Hash => `0x${digit.repeat(64)}`;

const assetOf = (digit: string, symbol: string, decimals: number): Asset => ({
  id: toAssetId(1, addressOf(digit)),
  chainId: 1,
  address: addressOf(digit),
  symbol,
  decimals,
});

export const wstETH = assetOf('1', 'wstETH', 18);
export const usdc = assetOf('2', 'USDC', 6);

const problemOf = (answer: bigint | undefined): OraclePrice['problem'] =>
  answer === undefined ? 'missing' : answer <= 0n ? 'invalid' : undefined;

/** One side that is a single dollar feed of 8 decimals. */
export function feedSide(asset: Asset, answer: bigint | undefined, feed = addressOf('a')): OracleSide {
  return {
    asset,
    price: {
      assetId: asset.id,
      feed,
      answer,
      decimals: 8,
      updatedAtSeconds: 1_000,
      roundId: 7n,
      rounds: [],
      heartbeatSeconds: 3_600,
      deviationBps: 50,
      problem: problemOf(answer),
    },
    product: answer,
    unit: rational(1n),
    feeds: [feed],
    fixed: false,
  };
}

export interface ExamplePosition {
  readonly collateral: bigint;
  readonly borrowShares: bigint;
  readonly supplyShares: bigint;
  readonly totalBorrowAssets: bigint;
  readonly totalBorrowShares: bigint;
  readonly lltv: bigint;
  readonly scaleFactor: bigint;
  readonly base: OracleSide;
  readonly quote: OracleSide;
  readonly price: bigint | undefined;
}

const EXAMPLE: ExamplePosition = {
  collateral: 10n * 10n ** 18n,
  borrowShares: 24_000n * 10n ** 12n,
  supplyShares: 0n,
  totalBorrowAssets: 1_000_000n * 10n ** 6n - 1n,
  totalBorrowShares: 1_000_000n * 10n ** 12n - 10n ** 6n,
  lltv: 86n * 10n ** 16n,
  scaleFactor: 10n ** 24n,
  base: feedSide(wstETH, 3_000n * 10n ** 8n, addressOf('a')),
  quote: feedSide(usdc, 10n ** 8n, addressOf('b')),
  price: 3_000n * 10n ** 24n,
};

/** 10 wstETH at 3,000 against 24,000 USDC at 86 %, in a market where a share is exactly a millionth of a unit; or what is changed of it. */
export function examplePosition(changes: Partial<ExamplePosition> = {}): MorphoPosition {
  const example = { ...EXAMPLE, ...changes };
  const market: MorphoMarket = {
    id: hashOf('c'),
    contract: addressOf('d'),
    params: {
      loanToken: usdc.address,
      collateralToken: wstETH.address,
      oracle: addressOf('e'),
      irm: addressOf('f'),
      lltv: example.lltv,
    },
    loan: usdc,
    collateral: wstETH,
    oracle: {
      address: addressOf('e'),
      answer: example.price,
      parts: { scaleFactor: example.scaleFactor, base: example.base, quote: example.quote },
    },
    totals: {
      totalSupplyAssets: 2_000_000n * 10n ** 6n - 1n,
      totalSupplyShares: 2_000_000n * 10n ** 12n - 10n ** 6n,
      totalBorrowAssets: example.totalBorrowAssets,
      totalBorrowShares: example.totalBorrowShares,
      lastUpdateSeconds: 2_000,
      fee: wad(10n ** 17n),
    },
    borrowRate: wad(1_585_489_599n),
  };
  return {
    id: `morpho-blue~1~${market.id}~${addressOf('9')}`,
    venue: 'morpho-blue',
    chain: { chainId: 1, genesisHash: hashOf('0') },
    owner: addressOf('9'),
    block: { number: 5n, hash: hashOf('5'), timestampSeconds: 2_000 },
    market,
    collateral: tokenAmount(example.collateral),
    borrowShares: example.borrowShares,
    supplyShares: example.supplyShares,
  };
}
