import { type FormatUserSummaryRequest, formatReserves, type ReserveDataWithPrice } from '@aave/math-utils';
import type { AavePosition } from '@/lib/venues/aave-v3/state';
import type { SeededChain } from './seeded-chain';

const BASE_DECIMALS = 8;
/** One dollar with 8 decimals: the base currency is the dollar. */
const BASE_PRICE_IN_USD = '100000000';

interface RawReserve extends Record<string, unknown> {
  readonly underlyingAsset: string;
  readonly symbol: string;
  readonly name: string;
  readonly decimals: bigint;
  readonly usageAsCollateralEnabled: boolean;
  readonly lastUpdateTimestamp: number;
  readonly debtCeilingDecimals: bigint;
}

interface RawEMode {
  readonly id: number;
  readonly eMode: {
    readonly ltv: number;
    readonly liquidationThreshold: number;
    readonly liquidationBonus: number;
    readonly collateralBitmap: bigint;
    readonly label: string;
    readonly borrowableBitmap: bigint;
    readonly ltvzeroBitmap: bigint;
  };
}

const DECIMAL_FIELDS = [
  'reserveFactor',
  'baseLTVasCollateral',
  'reserveLiquidationThreshold',
  'reserveLiquidationBonus',
  'liquidityIndex',
  'variableBorrowIndex',
  'variableBorrowRate',
  'liquidityRate',
  'availableLiquidity',
  'totalScaledVariableDebt',
  'borrowCap',
  'supplyCap',
  'debtCeiling',
  'isolationModeTotalDebt',
  'virtualUnderlyingBalance',
  'deficit',
  'priceInMarketReferenceCurrency',
] as const;

function toReserve(raw: RawReserve, originalId: number): ReserveDataWithPrice {
  const decimals = Object.fromEntries(DECIMAL_FIELDS.map((field) => [field, String(raw[field])])) as Record<
    (typeof DECIMAL_FIELDS)[number],
    string
  >;
  return {
    ...decimals,
    originalId,
    id: raw.underlyingAsset,
    symbol: raw.symbol,
    name: raw.name,
    decimals: Number(raw.decimals),
    underlyingAsset: raw.underlyingAsset.toLowerCase(),
    usageAsCollateralEnabled: raw.usageAsCollateralEnabled,
    lastUpdateTimestamp: raw.lastUpdateTimestamp,
    debtCeilingDecimals: Number(raw.debtCeilingDecimals),
  };
}

export interface MathUtilsInput {
  /** The reserves formatted once for all accounts, as its documentation advises: no account pays for it. */
  readonly requests: readonly FormatUserSummaryRequest[];
  /** Formats the reserves again, as each block with a new price makes necessary. */
  readonly formatReservesAgain: () => void;
}

/**
 * What `formatUserSummary` wants to know of the same accounts at the same block: reserves and modes from the contract that Aave's own
 * interface asks, balances from the positions. Each account names only the reserves it holds, which is the least there is to compute.
 */
export async function readMathUtilsInput(
  { chain, config, block }: SeededChain,
  positions: readonly AavePosition[],
): Promise<MathUtilsInput> {
  const read = <Result>(functionName: string): Promise<Result> =>
    chain.operator.read<Result>({
      address: chain.deployment.aave.uiPoolDataProvider,
      abi: chain.artifacts.UiPoolDataProviderV3.abi,
      functionName,
      args: [config.aave?.addressesProvider],
    });
  const [rawReserves] = await read<readonly [readonly RawReserve[], unknown]>('getReservesData');
  const rawModes = await read<readonly RawEMode[]>('getEModes');
  const eModes = rawModes.map(({ id, eMode }) => ({
    id,
    eMode: {
      label: eMode.label,
      isolated: false,
      ltv: String(eMode.ltv),
      liquidationThreshold: String(eMode.liquidationThreshold),
      liquidationBonus: String(eMode.liquidationBonus),
      collateralBitmap: eMode.collateralBitmap.toString(2),
      borrowableBitmap: eMode.borrowableBitmap.toString(2),
      ltvzeroBitmap: eMode.ltvzeroBitmap.toString(2),
    },
  }));
  const market = {
    marketReferencePriceInUsd: BASE_PRICE_IN_USD,
    marketReferenceCurrencyDecimals: BASE_DECIMALS,
    currentTimestamp: block.timestampSeconds,
  };
  const reserves = rawReserves.map(toReserve);
  const format = () => formatReserves({ ...market, reserves, eModes });
  const formattedReserves = format();
  return {
    formatReservesAgain: format,
    requests: positions.map(({ eMode, holdings }) => ({
      ...market,
      formattedReserves,
      userEmodeCategoryId: eMode?.id ?? 0,
      userReserves: holdings.map(({ reserve, scaledSupply, scaledDebt, usedAsCollateral }) => ({
        underlyingAsset: reserve.asset.address,
        scaledATokenBalance: scaledSupply.toString(),
        scaledVariableDebt: scaledDebt.toString(),
        usageAsCollateralEnabledOnUser: usedAsCollateral,
      })),
    })),
  };
}
