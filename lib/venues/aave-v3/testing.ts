import { type Address, toAssetId } from '@/lib/domain/asset';
import { parseDecimal } from '@/lib/units/decimal';
import { bps, RAY, ray } from '@/lib/units/fixed';
import type { AaveHolding, AavePosition, AaveReserve, EModeCategory, ReserveConfiguration } from './state';

/** Aave accounts by hand, for unit tests. Amounts and prices as decimals, ratios in basis points. */

const OWNER: Address = '0x00000000000000000000000000000000000000aa';
const HASH = `0x${'11'.repeat(32)}` as const;

export interface ReserveInput {
  readonly symbol: string;
  readonly id: number;
  readonly decimals: number;
  readonly price: string | undefined;
  readonly configuration?: Partial<ReserveConfiguration>;
  readonly reserve?: Partial<Omit<AaveReserve, 'configuration'>>;
}

/** 80.5 % LTV, 83 % threshold, 5 % bonus, a tenth of which is the protocol's. */
export const ETH = { symbol: 'WETH', id: 0, decimals: 18, price: '3000' } as const satisfies ReserveInput;
/** 73 % LTV, 78 % threshold, 5 % bonus, a tenth of which is the protocol's. */
export const BTC = {
  symbol: 'WBTC',
  id: 1,
  decimals: 8,
  price: '60000',
  configuration: { ltv: bps(7_300n), liquidationThreshold: bps(7_800n) },
} as const satisfies ReserveInput;
/** 75 % LTV, 78 % threshold, 4.5 % bonus, a tenth of which is the protocol's. */
export const USDC = {
  symbol: 'USDC',
  id: 2,
  decimals: 6,
  price: '1',
  configuration: { ltv: bps(7_500n), liquidationThreshold: bps(7_800n), liquidationBonus: bps(10_450n) },
} as const satisfies ReserveInput;

export function toReserve({ symbol, id, decimals, price, configuration, reserve }: ReserveInput): AaveReserve {
  const address = `0x${(id + 1).toString(16).padStart(40, '0')}` as Address;
  const asset = { id: toAssetId(1, address), chainId: 1, address, symbol, decimals };
  const answer = price === undefined ? undefined : parseDecimal(price, 8);
  return {
    asset,
    id,
    configuration: {
      ltv: bps(8_050n),
      liquidationThreshold: bps(8_300n),
      liquidationBonus: bps(10_500n),
      decimals,
      active: true,
      frozen: false,
      paused: false,
      borrowingEnabled: true,
      borrowableInIsolation: false,
      siloedBorrowing: false,
      reserveFactor: bps(1_000n),
      supplyCap: undefined,
      borrowCap: undefined,
      liquidationProtocolFee: bps(1_000n),
      debtCeiling: 0n,
      ...configuration,
    },
    liquidityIndex: ray(RAY),
    variableBorrowIndex: ray(RAY),
    liquidityRate: ray(RAY / 50n),
    variableBorrowRate: ray(RAY / 25n),
    lastUpdateSeconds: 100,
    normalizedIncome: ray(RAY),
    normalizedDebt: ray(RAY),
    isolationModeTotalDebt: 0n,
    totalSupplied: undefined,
    totalBorrowed: undefined,
    price: {
      assetId: asset.id,
      feed: address,
      answer,
      decimals: 8,
      updatedAtSeconds: 1,
      roundId: 1n,
      rounds: [],
      heartbeatSeconds: 3_600,
      deviationBps: 50,
      problem: answer === undefined ? 'missing' : answer <= 0n ? 'invalid' : undefined,
    },
    ...reserve,
  };
}

export interface HoldingInput {
  readonly of: ReserveInput;
  readonly supply?: string;
  readonly debt?: string;
  readonly off?: boolean;
}

export const toPosition = (
  inputs: readonly HoldingInput[],
  eMode?: EModeCategory,
  market?: readonly ReserveInput[],
): AavePosition => ({
  id: 'test',
  venue: 'aave-v3',
  chain: { chainId: 1, genesisHash: HASH },
  owner: OWNER,
  block: { number: 1n, hash: HASH, timestampSeconds: 100 },
  pool: OWNER,
  marketName: 'Aave v3 Core Market',
  eMode,
  ...(market ? { market: market.map(toReserve) } : {}),
  holdings: inputs.map(({ of, supply = '0', debt = '0', off = false }): AaveHolding => {
    const scaledSupply = parseDecimal(supply, of.decimals);
    return {
      reserve: toReserve(of),
      scaledSupply,
      scaledDebt: parseDecimal(debt, of.decimals),
      usedAsCollateral: scaledSupply > 0n && !off,
    };
  }),
});
