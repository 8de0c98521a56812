// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

/// @title A price feed with the read interface of Chainlink's aggregators (AggregatorV2V3Interface), for local chains only.
/// @notice The keeper writes an answer when the market left the deviation threshold or the heartbeat ran out; both are published, so that
/// a reader can tell a quiet feed from a late one. Any answer is accepted, zero and negative included: failures must be playable.
contract PriceFeed {
  /// @dev One slot. Chainlink's own answers are int192 inside, too.
  struct Round {
    int192 answer;
    uint64 updatedAt;
  }

  event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);
  event NewRound(uint256 indexed roundId, address indexed startedBy, uint256 startedAt);

  error OnlyKeeper();
  error NoSuchRound(uint256 roundId);
  error AnswerOutOfRange(int256 answer);

  /// @notice So many rounds can be read back; the slots of older ones are used again, so that a chain of many days does not grow.
  uint80 public constant KEPT_ROUNDS = 128;
  uint256 public constant version = 4;
  uint8 public immutable decimals;
  /// @notice Longest silence promised, in seconds.
  uint32 public immutable heartbeat;
  /// @notice Move of the market, in basis points of the last answer, that is written at once.
  uint16 public immutable deviationBps;
  address public immutable keeper;
  string public description;

  uint80 private _latestRound;
  mapping(uint256 slot => Round) private _rounds;

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
    return _read(_latestRound).answer;
  }

  function latestTimestamp() external view returns (uint256) {
    return _read(_latestRound).updatedAt;
  }

  function latestRound() external view returns (uint256) {
    return _latestRound;
  }

  function getAnswer(uint256 roundId) external view returns (int256) {
    return _read(roundId).answer;
  }

  function getTimestamp(uint256 roundId) external view returns (uint256) {
    return _read(roundId).updatedAt;
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
    Round memory round = _read(id);
    return (id, round.answer, round.updatedAt, round.updatedAt, id);
  }

  function _read(uint256 id) private view returns (Round memory) {
    if (id == 0 || id > _latestRound || id + KEPT_ROUNDS <= _latestRound) revert NoSuchRound(id);
    return _rounds[id % KEPT_ROUNDS];
  }

  function _write(int256 answer) private {
    if (answer != int192(answer)) revert AnswerOutOfRange(answer);
    uint80 id = ++_latestRound;
    _rounds[id % KEPT_ROUNDS] = Round(int192(answer), uint64(block.timestamp));
    emit NewRound(id, msg.sender, block.timestamp);
    emit AnswerUpdated(answer, id, block.timestamp);
  }
}
