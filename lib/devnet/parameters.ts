/**
 * What the local chain lists, and with which figures.
 *
 * Loan-to-value, thresholds, bonuses, fees, caps, debt ceilings, decimals and first oracle answers are those of Aave v3 Core on Ethereum
 * after its 3.6 upgrade, as recorded by the fork simulation in `bgd-labs/protocol-v3.6-upgrade`
 * (`reports/1_0x87870Bca3F3fD6335C3F4ce8392D69350B4fA4E2_after.json`, block 23975177). Basis points; answers with 8 decimals; debt ceilings
 * with 2; caps in whole tokens.
 *
 * Not from there, ours: rate curves, which stablecoins may be borrowed in isolation, heartbeats and deviation thresholds (in the manner of
 * Chainlink's feeds on Ethereum), and Morpho's rate curve.
 */

export interface RateCurve {
  readonly optimalUsageBps: number;
  readonly baseRateBps: number;
  readonly slopeBelowBps: number;
  readonly slopeAboveBps: number;
}

export interface ReserveParameters {
  readonly symbol: AssetSymbol;
  readonly name: string;
  readonly decimals: number;
  readonly ltvBps: number;
  readonly liquidationThresholdBps: number;
  /** Contract notation: 10500 is 5 %. */
  readonly liquidationBonusBps: number;
  readonly protocolFeeBps: number;
  readonly reserveFactorBps: number;
  readonly debtCeiling: bigint;
  readonly borrowingEnabled: boolean;
  readonly supplyCap: bigint;
  readonly borrowCap: bigint;
  readonly initialAnswer: bigint;
  /** Ours. */
  readonly borrowableInIsolation: boolean;
  /** Ours. */
  readonly rateCurve: RateCurve;
  /** Ours. */
  readonly heartbeatSeconds: number;
  /** Ours. */
  readonly deviationBps: number;
}

export type AssetSymbol =
  | 'WETH'
  | 'wstETH'
  | 'weETH'
  | 'WBTC'
  | 'USDC'
  | 'USDT'
  | 'DAI'
  | 'LINK'
  | 'AAVE'
  | 'USDe'
  | 'sUSDe'
  | 'XAUt';

const HOUR = 3_600;
const DAY = 86_400;

/** Ours: for ether, cheap up to a high usage; for liquid staking tokens and volatile assets; for stablecoins. */
const ETHER_CURVE: RateCurve = { optimalUsageBps: 9_200, baseRateBps: 0, slopeBelowBps: 260, slopeAboveBps: 4_000 };
const VOLATILE_CURVE: RateCurve = { optimalUsageBps: 8_000, baseRateBps: 25, slopeBelowBps: 400, slopeAboveBps: 8_000 };
const STABLE_CURVE: RateCurve = { optimalUsageBps: 9_200, baseRateBps: 0, slopeBelowBps: 520, slopeAboveBps: 3_500 };

export const RESERVES: readonly ReserveParameters[] = [
  {
    symbol: 'WETH',
    name: 'Wrapped Ether (local)',
    decimals: 18,
    ltvBps: 8_050,
    liquidationThresholdBps: 8_300,
    liquidationBonusBps: 10_500,
    protocolFeeBps: 1_000,
    reserveFactorBps: 1_500,
    debtCeiling: 0n,
    borrowingEnabled: true,
    supplyCap: 3_800_000n,
    borrowCap: 3_600_000n,
    initialAnswer: 311_902_000_000n,
    borrowableInIsolation: false,
    rateCurve: ETHER_CURVE,
    heartbeatSeconds: HOUR,
    deviationBps: 50,
  },
  {
    symbol: 'wstETH',
    name: 'Wrapped liquid staked Ether 2.0 (local)',
    decimals: 18,
    ltvBps: 7_850,
    liquidationThresholdBps: 8_100,
    liquidationBonusBps: 10_600,
    protocolFeeBps: 1_000,
    reserveFactorBps: 3_500,
    debtCeiling: 0n,
    borrowingEnabled: true,
    supplyCap: 1_760_000n,
    borrowCap: 480_000n,
    initialAnswer: 380_923_804_395n,
    borrowableInIsolation: false,
    rateCurve: VOLATILE_CURVE,
    heartbeatSeconds: HOUR,
    deviationBps: 50,
  },
  {
    symbol: 'weETH',
    name: 'Wrapped eETH (local)',
    decimals: 18,
    ltvBps: 7_750,
    liquidationThresholdBps: 8_000,
    liquidationBonusBps: 10_700,
    protocolFeeBps: 1_000,
    reserveFactorBps: 4_500,
    debtCeiling: 0n,
    borrowingEnabled: true,
    supplyCap: 2_200_000n,
    borrowCap: 1n,
    initialAnswer: 337_894_646_933n,
    borrowableInIsolation: false,
    rateCurve: VOLATILE_CURVE,
    heartbeatSeconds: HOUR,
    deviationBps: 50,
  },
  {
    symbol: 'WBTC',
    name: 'Wrapped BTC (local)',
    decimals: 8,
    ltvBps: 7_300,
    liquidationThresholdBps: 7_800,
    liquidationBonusBps: 10_500,
    protocolFeeBps: 1_000,
    reserveFactorBps: 5_000,
    debtCeiling: 0n,
    borrowingEnabled: true,
    supplyCap: 49_875n,
    borrowCap: 28_000n,
    initialAnswer: 9_023_635_944_936n,
    borrowableInIsolation: false,
    rateCurve: VOLATILE_CURVE,
    heartbeatSeconds: HOUR,
    deviationBps: 50,
  },
  {
    symbol: 'USDC',
    name: 'USD Coin (local)',
    decimals: 6,
    ltvBps: 7_500,
    liquidationThresholdBps: 7_800,
    liquidationBonusBps: 10_450,
    protocolFeeBps: 2_000,
    reserveFactorBps: 1_000,
    debtCeiling: 0n,
    borrowingEnabled: true,
    supplyCap: 7_500_000_000n,
    borrowCap: 7_000_000_000n,
    initialAnswer: 99_979_000n,
    borrowableInIsolation: true,
    rateCurve: STABLE_CURVE,
    heartbeatSeconds: DAY,
    deviationBps: 25,
  },
  {
    symbol: 'USDT',
    name: 'Tether USD (local)',
    decimals: 6,
    ltvBps: 7_500,
    liquidationThresholdBps: 7_800,
    liquidationBonusBps: 10_450,
    protocolFeeBps: 1_000,
    reserveFactorBps: 1_000,
    debtCeiling: 0n,
    borrowingEnabled: true,
    supplyCap: 9_500_000_000n,
    borrowCap: 8_800_000_000n,
    initialAnswer: 100_010_000n,
    borrowableInIsolation: true,
    rateCurve: STABLE_CURVE,
    heartbeatSeconds: DAY,
    deviationBps: 25,
  },
  {
    symbol: 'DAI',
    name: 'Dai Stablecoin (local)',
    decimals: 18,
    ltvBps: 6_300,
    liquidationThresholdBps: 7_700,
    liquidationBonusBps: 10_500,
    protocolFeeBps: 2_000,
    reserveFactorBps: 2_500,
    debtCeiling: 0n,
    borrowingEnabled: true,
    supplyCap: 338_000_000n,
    borrowCap: 271_000_000n,
    initialAnswer: 99_975_424n,
    borrowableInIsolation: true,
    rateCurve: STABLE_CURVE,
    heartbeatSeconds: HOUR,
    deviationBps: 25,
  },
  {
    symbol: 'LINK',
    name: 'ChainLink Token (local)',
    decimals: 18,
    ltvBps: 6_600,
    liquidationThresholdBps: 7_100,
    liquidationBonusBps: 10_700,
    protocolFeeBps: 1_000,
    reserveFactorBps: 2_000,
    debtCeiling: 0n,
    borrowingEnabled: true,
    supplyCap: 20_000_000n,
    borrowCap: 13_000_000n,
    initialAnswer: 1_375_383_294n,
    borrowableInIsolation: false,
    rateCurve: VOLATILE_CURVE,
    heartbeatSeconds: HOUR,
    deviationBps: 100,
  },
  {
    symbol: 'AAVE',
    name: 'Aave Token (local)',
    decimals: 18,
    ltvBps: 6_900,
    liquidationThresholdBps: 7_600,
    liquidationBonusBps: 10_750,
    protocolFeeBps: 1_000,
    reserveFactorBps: 0,
    debtCeiling: 0n,
    borrowingEnabled: false,
    supplyCap: 1_850_000n,
    borrowCap: 0n,
    initialAnswer: 18_865_684_701n,
    borrowableInIsolation: false,
    rateCurve: VOLATILE_CURVE,
    heartbeatSeconds: HOUR,
    deviationBps: 100,
  },
  {
    symbol: 'USDe',
    name: 'USDe (local)',
    decimals: 18,
    ltvBps: 7_200,
    liquidationThresholdBps: 7_500,
    liquidationBonusBps: 10_850,
    protocolFeeBps: 1_000,
    reserveFactorBps: 2_500,
    debtCeiling: 0n,
    borrowingEnabled: true,
    supplyCap: 2_700_000_000n,
    borrowCap: 2_500_000_000n,
    initialAnswer: 100_010_000n,
    borrowableInIsolation: false,
    rateCurve: STABLE_CURVE,
    heartbeatSeconds: DAY,
    deviationBps: 50,
  },
  {
    symbol: 'sUSDe',
    name: 'Staked USDe (local)',
    decimals: 18,
    ltvBps: 7_200,
    liquidationThresholdBps: 7_500,
    liquidationBonusBps: 10_850,
    protocolFeeBps: 1_000,
    reserveFactorBps: 2_000,
    debtCeiling: 0n,
    borrowingEnabled: false,
    supplyCap: 1_700_000_000n,
    borrowCap: 0n,
    initialAnswer: 121_083_731n,
    borrowableInIsolation: false,
    rateCurve: STABLE_CURVE,
    heartbeatSeconds: DAY,
    deviationBps: 50,
  },
  {
    symbol: 'XAUt',
    name: 'Tether Gold (local)',
    decimals: 6,
    ltvBps: 7_000,
    liquidationThresholdBps: 7_500,
    liquidationBonusBps: 10_600,
    protocolFeeBps: 1_000,
    reserveFactorBps: 2_000,
    // 3,000,000.00 dollars; any ceiling makes the asset an isolated collateral.
    debtCeiling: 300_000_000n,
    borrowingEnabled: false,
    supplyCap: 5_000n,
    borrowCap: 1n,
    initialAnswer: 421_049_000_000n,
    borrowableInIsolation: false,
    rateCurve: VOLATILE_CURVE,
    heartbeatSeconds: DAY,
    deviationBps: 30,
  },
];

export interface EModeParameters {
  readonly category: number;
  readonly label: string;
  readonly ltvBps: number;
  readonly liquidationThresholdBps: number;
  readonly liquidationBonusBps: number;
  readonly collateral: readonly AssetSymbol[];
  readonly borrowable: readonly AssetSymbol[];
}

/** From the same report, of whose assets only those listed above are here. */
export const EMODES: readonly EModeParameters[] = [
  {
    category: 1,
    label: 'ETH correlated',
    ltvBps: 9_300,
    liquidationThresholdBps: 9_500,
    liquidationBonusBps: 10_100,
    collateral: ['WETH', 'wstETH', 'weETH'],
    borrowable: ['WETH'],
  },
  {
    category: 2,
    label: 'sUSDe Stablecoins',
    ltvBps: 9_000,
    liquidationThresholdBps: 9_200,
    liquidationBonusBps: 10_400,
    collateral: ['USDe', 'sUSDe'],
    borrowable: ['USDC', 'USDT'],
  },
];

export interface MorphoMarketParameters {
  readonly name: MorphoMarketName;
  readonly collateral: AssetSymbol;
  readonly loan: AssetSymbol;
  readonly lltv: bigint;
}

export type MorphoMarketName = 'wstETH/USDC' | 'WBTC/USDC' | 'wstETH/WETH';

/** The three of Morpho's markets on Ethereum with these pairs and LLTVs. */
export const MORPHO_MARKETS: readonly MorphoMarketParameters[] = [
  { name: 'wstETH/USDC', collateral: 'wstETH', loan: 'USDC', lltv: 860_000_000_000_000_000n },
  { name: 'WBTC/USDC', collateral: 'WBTC', loan: 'USDC', lltv: 860_000_000_000_000_000n },
  { name: 'wstETH/WETH', collateral: 'wstETH', loan: 'WETH', lltv: 945_000_000_000_000_000n },
];

/** Ours: `KinkedIrm`'s yearly rates and kink, scaled by 1e18. */
export const MORPHO_RATE_CURVE = {
  baseRate: 5_000_000_000_000_000n,
  slopeBelow: 35_000_000_000_000_000n,
  slopeAbove: 600_000_000_000_000_000n,
  kink: 900_000_000_000_000_000n,
} as const;

export const FEED_DECIMALS = 8;

export function findReserve(symbol: AssetSymbol): ReserveParameters {
  const found = RESERVES.find((reserve) => reserve.symbol === symbol);
  if (found === undefined) throw new RangeError(`${symbol} is not listed on the local chain.`);
  return found;
}
