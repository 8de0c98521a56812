// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

/// @title A utilisation curve with one kink as a Morpho interest rate model, for local chains only.
/// @notice Ours, and simpler than the adaptive curve that Morpho uses on Ethereum: the rate depends on utilisation alone.
contract KinkedIrm {
  /// @dev Same layout as Morpho's own structs, so that the selectors of IIrm match.
  struct MarketParams {
    address loanToken;
    address collateralToken;
    address oracle;
    address irm;
    uint256 lltv;
  }

  struct Market {
    uint128 totalSupplyAssets;
    uint128 totalSupplyShares;
    uint128 totalBorrowAssets;
    uint128 totalBorrowShares;
    uint128 lastUpdate;
    uint128 fee;
  }

  uint256 private constant WAD = 1e18;
  uint256 private constant SECONDS_PER_YEAR = 365 days;

  /// @notice Yearly rates and the kink, all scaled by 1e18.
  uint256 public immutable BASE_RATE;
  uint256 public immutable SLOPE_BELOW;
  uint256 public immutable SLOPE_ABOVE;
  uint256 public immutable KINK;

  constructor(uint256 baseRate, uint256 slopeBelow, uint256 slopeAbove, uint256 kink) {
    BASE_RATE = baseRate;
    SLOPE_BELOW = slopeBelow;
    SLOPE_ABOVE = slopeAbove;
    KINK = kink;
  }

  function borrowRate(MarketParams calldata params, Market calldata market) external view returns (uint256) {
    return borrowRateView(params, market);
  }

  /// @notice Borrow rate per second, scaled by 1e18.
  function borrowRateView(MarketParams calldata, Market calldata market) public view returns (uint256) {
    uint256 utilisation = market.totalSupplyAssets == 0
      ? 0
      : (uint256(market.totalBorrowAssets) * WAD) / market.totalSupplyAssets;
    if (utilisation > WAD) utilisation = WAD;
    uint256 perYear = BASE_RATE;
    if (utilisation <= KINK) perYear += (SLOPE_BELOW * utilisation) / KINK;
    else perYear += SLOPE_BELOW + (SLOPE_ABOVE * (utilisation - KINK)) / (WAD - KINK);
    return perYear / SECONDS_PER_YEAR;
  }
}
