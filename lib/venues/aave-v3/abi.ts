import { parseAbi } from 'viem';

/** `PoolAddressesProvider.sol`: where the pool and its oracle are. */
export const addressesProviderAbi = parseAbi([
  'function getMarketId() view returns (string)',
  'function getPool() view returns (address)',
  'function getPriceOracle() view returns (address)',
]);

/** `Pool.sol`; the struct is `DataTypes.ReserveDataLegacy`. */
export const poolAbi = parseAbi([
  'struct Word { uint256 data; }',
  'struct ReserveDataLegacy { Word configuration; uint128 liquidityIndex; uint128 currentLiquidityRate; uint128 variableBorrowIndex; uint128 currentVariableBorrowRate; uint128 currentStableBorrowRate; uint40 lastUpdateTimestamp; uint16 id; address aTokenAddress; address stableDebtTokenAddress; address variableDebtTokenAddress; address interestRateStrategyAddress; uint128 accruedToTreasury; uint128 unbacked; uint128 isolationModeTotalDebt; }',
  'function getReservesList() view returns (address[])',
  'function getReserveData(address asset) view returns (ReserveDataLegacy)',
  'function getUserConfiguration(address user) view returns (Word)',
  'function getUserEMode(address user) view returns (uint256)',
  'function getUserAccountData(address user) view returns (uint256 totalCollateralBase, uint256 totalDebtBase, uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, uint256 healthFactor)',
]);

/** `UiPoolDataProviderV3.sol`. */
export const uiPoolDataProviderAbi = parseAbi([
  'struct UserReserveData { address underlyingAsset; uint256 scaledATokenBalance; bool usageAsCollateralEnabledOnUser; uint256 scaledVariableDebt; }',
  'struct EModeCategory { uint16 ltv; uint16 liquidationThreshold; uint16 liquidationBonus; uint128 collateralBitmap; string label; uint128 borrowableBitmap; uint128 ltvzeroBitmap; }',
  'struct Emode { uint8 id; EModeCategory eMode; }',
  'function getUserReservesData(address provider, address user) view returns (UserReserveData[], uint8)',
  'function getEModes(address provider) view returns (Emode[])',
]);

/** `AaveOracle.sol`. */
export const oracleAbi = parseAbi([
  'function BASE_CURRENCY_UNIT() view returns (uint256)',
  'function getAssetPrice(address asset) view returns (uint256)',
  'function getSourceOfAsset(address asset) view returns (address)',
]);

/** A Chainlink feed; `heartbeat` and `deviationBps` are published by some feeds only. */
export const feedAbi = parseAbi([
  'function heartbeat() view returns (uint32)',
  'function deviationBps() view returns (uint16)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
]);

/** Tokens, and Aave's own supply and debt tokens. */
export const tokenAbi = parseAbi([
  'function symbol() view returns (string)',
  'function totalSupply() view returns (uint256)',
  'function scaledBalanceOf(address user) view returns (uint256)',
]);

/** The few tokens from before strings were the custom. */
export const bytesTokenAbi = parseAbi(['function symbol() view returns (bytes32)']);
