// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

/// @title A price feed with the read interface of Chainlink's aggregators (AggregatorV2V3Interface), for local chains only.
/// @notice The keeper writes an answer when the market left the deviation threshold or the heartbeat ran out; both are published, so that
/// a reader can tell a quiet feed from a late one. Any answer is accepted, zero and negative included: failures must be playable.
contract PriceFeed {
  struct Round {
    int256 answer;
    uint256 updatedAt;
  }

  event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);
  event NewRound(uint256 indexed roundId, address indexed startedBy, uint256 startedAt);

  error OnlyKeeper();
  error NoSuchRound(uint256 roundId);

  uint256 public constant version = 4;
  uint8 public immutable decimals;
  /// @notice Longest silence promised, in seconds.
  uint32 public immutable heartbeat;
  /// @notice Move of the market, in basis points of the last answer, that is written at once.
  uint16 public immutable deviationBps;
  address public immutable keeper;
  string public description;

  uint80 private _latestRound;
  mapping(uint256 roundId => Round) private _rounds;

  constructor(
    string memory description_,
    uint8 decimals_,
    uint32 heartbeat_,
    uint16 deviationBps_,
    address keeper_,
    int256 answer
  ) {
    description = description_;
    decimals = decimals_;
    heartbeat = heartbeat_;
    deviationBps = deviationBps_;
    keeper = keeper_;
    _write(answer);
  }

  /// @notice Starts a new round with this answer.
  function transmit(int256 answer) external {
    if (msg.sender != keeper) revert OnlyKeeper();
    _write(answer);
  }

  function latestAnswer() external view returns (int256) {
    return _rounds[_latestRound].answer;
  }

  function latestTimestamp() external view returns (uint256) {
    return _rounds[_latestRound].updatedAt;
  }

  function latestRound() external view returns (uint256) {
    return _latestRound;
  }

  function getAnswer(uint256 roundId) external view returns (int256) {
    return _rounds[roundId].answer;
  }

  function getTimestamp(uint256 roundId) external view returns (uint256) {
    return _rounds[roundId].updatedAt;
  }

  function latestRoundData()
    external
    view
    returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
  {
    return getRoundData(_latestRound);
  }

  function getRoundData(
    uint80 id
  )
    public
    view
    returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
  {
    Round memory round = _rounds[id];
    if (round.updatedAt == 0) revert NoSuchRound(id);
    return (id, round.answer, round.updatedAt, round.updatedAt, id);
  }

  function _write(int256 answer) private {
    uint80 id = ++_latestRound;
    _rounds[id] = Round(answer, block.timestamp);
    emit NewRound(id, msg.sender, block.timestamp);
    emit AnswerUpdated(answer, id, block.timestamp);
  }
}
