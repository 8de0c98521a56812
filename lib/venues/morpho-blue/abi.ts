import { parseAbi } from 'viem';

/** Morpho Blue, as far as it is read; from `interfaces/IMorpho.sol`. */
export const morphoAbi = parseAbi([
  'struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }',
  'function idToMarketParams(bytes32 id) view returns (address loanToken, address collateralToken, address oracle, address irm, uint256 lltv)',
  'function market(bytes32 id) view returns (uint128 totalSupplyAssets, uint128 totalSupplyShares, uint128 totalBorrowAssets, uint128 totalBorrowShares, uint128 lastUpdate, uint128 fee)',
  'function position(bytes32 id, address user) view returns (uint256 supplyShares, uint128 borrowShares, uint128 collateral)',
  'function accrueInterest(MarketParams marketParams)',
  'function liquidate(MarketParams marketParams, address borrower, uint256 seizedAssets, uint256 repaidShares, bytes data) returns (uint256, uint256)',
]);

/** A market's rate model; from `interfaces/IIrm.sol`. */
export const irmAbi = parseAbi([
  'struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }',
  'struct Market { uint128 totalSupplyAssets; uint128 totalSupplyShares; uint128 totalBorrowAssets; uint128 totalBorrowShares; uint128 lastUpdate; uint128 fee; }',
  'function borrowRateView(MarketParams marketParams, Market market) view returns (uint256)',
]);

/** Any Morpho oracle answers `price()`; the other getters are those of MorphoChainlinkOracleV2. */
export const oracleAbi = parseAbi([
  'function price() view returns (uint256)',
  'function BASE_VAULT() view returns (address)',
  'function BASE_VAULT_CONVERSION_SAMPLE() view returns (uint256)',
  'function BASE_FEED_1() view returns (address)',
  'function BASE_FEED_2() view returns (address)',
  'function QUOTE_VAULT() view returns (address)',
  'function QUOTE_VAULT_CONVERSION_SAMPLE() view returns (uint256)',
  'function QUOTE_FEED_1() view returns (address)',
  'function QUOTE_FEED_2() view returns (address)',
  'function SCALE_FACTOR() view returns (uint256)',
]);

/** A Chainlink feed; `heartbeat` and `deviationBps` are published by some feeds only. */
export const feedAbi = parseAbi([
  'function decimals() view returns (uint8)',
  'function description() view returns (string)',
  'function heartbeat() view returns (uint32)',
  'function deviationBps() view returns (uint16)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
]);

/** Tokens and ERC-4626 vaults, as far as they are read. */
export const tokenAbi = parseAbi([
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
  'function asset() view returns (address)',
  'function convertToAssets(uint256 shares) view returns (uint256)',
]);
