// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

interface IFeed {
  function decimals() external view returns (uint8);

  function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80);
}

/// @title A Morpho oracle over price feeds, with the public getters of MorphoChainlinkOracleV2, for local chains only.
/// @notice price = SCALE_FACTOR · base feeds / quote feeds, floored; scale 36 + loan decimals − collateral decimals. A missing feed counts
/// as 1. Unlike that contract this one knows no vaults (their getters answer zero and one), and a zero answer reverts like a negative one.
contract MorphoFeedOracle {
  error InvalidAnswer(address feed, int256 answer);

  address public constant BASE_VAULT = address(0);
  uint256 public constant BASE_VAULT_CONVERSION_SAMPLE = 1;
  address public constant QUOTE_VAULT = address(0);
  uint256 public constant QUOTE_VAULT_CONVERSION_SAMPLE = 1;

  address public immutable BASE_FEED_1;
  address public immutable BASE_FEED_2;
  address public immutable QUOTE_FEED_1;
  address public immutable QUOTE_FEED_2;
  uint256 public immutable SCALE_FACTOR;

  constructor(
    address baseFeed1,
    address baseFeed2,
    uint8 collateralDecimals,
    address quoteFeed1,
    address quoteFeed2,
    uint8 loanDecimals
  ) {
    BASE_FEED_1 = baseFeed1;
    BASE_FEED_2 = baseFeed2;
    QUOTE_FEED_1 = quoteFeed1;
    QUOTE_FEED_2 = quoteFeed2;
    SCALE_FACTOR =
      10 **
        (36 + loanDecimals + _decimals(quoteFeed1) + _decimals(quoteFeed2) -
          collateralDecimals - _decimals(baseFeed1) - _decimals(baseFeed2));
  }

  /// @notice Loan units for 1 unit of collateral, scaled by 1e36.
  function price() external view returns (uint256) {
    return (SCALE_FACTOR * _answer(BASE_FEED_1) * _answer(BASE_FEED_2)) / (_answer(QUOTE_FEED_1) * _answer(QUOTE_FEED_2));
  }

  function _decimals(address feed) private view returns (uint256) {
    return feed == address(0) ? 0 : IFeed(feed).decimals();
  }

  function _answer(address feed) private view returns (uint256) {
    if (feed == address(0)) return 1;
    (, int256 answer, , , ) = IFeed(feed).latestRoundData();
    if (answer <= 0) revert InvalidAnswer(feed, answer);
    return uint256(answer);
  }
}
