// SPDX-License-Identifier: MIT
pragma solidity ^0.8.19;

import {Clones} from '@openzeppelin/contracts/proxy/Clones.sol';

interface IPoolForSeeds {
  function supply(address asset, uint256 amount, address onBehalfOf, uint16 referralCode) external;

  function borrow(address asset, uint256 amount, uint256 rateMode, uint16 referralCode, address onBehalfOf) external;

  function setUserEMode(uint8 categoryId) external;

  function setUserUseReserveAsCollateral(address asset, bool useAsCollateral) external;

  function getUserAccountData(
    address user
  ) external view returns (uint256, uint256, uint256 availableBorrowsBase, uint256, uint256, uint256);
}

interface IOracleForSeeds {
  function getAssetPrice(address asset) external view returns (uint256);
}

interface ITokenForSeeds {
  function approve(address spender, uint256 amount) external returns (bool);

  function decimals() external view returns (uint8);
}

/// @title One account of `SeedAccounts`: a contract, so that it can enter an eMode and borrow in its own name.
contract SeedAccount {
  error OnlySeeder();

  address private immutable SEEDER = msg.sender;

  modifier onlySeeder() {
    if (msg.sender != SEEDER) revert OnlySeeder();
    _;
  }

  function enterEMode(IPoolForSeeds pool, uint8 categoryId) external onlySeeder {
    pool.setUserEMode(categoryId);
  }

  function enableCollateral(IPoolForSeeds pool, address asset) external onlySeeder {
    pool.setUserUseReserveAsCollateral(asset, true);
  }

  function borrow(IPoolForSeeds pool, address asset, uint256 amount) external onlySeeder {
    pool.borrow(asset, amount, 2, 0, address(this));
  }
}

/// @title Makes many real lending accounts with varied positions, for benchmarks on local chains only.
/// @notice Everything about account i follows from (seed, i) and the prices at that moment. The contract must hold the tokens it supplies.
contract SeedAccounts {
  /// @notice What may be drawn together. An account takes one to three of the collaterals and none to two of the debts.
  struct Basket {
    address[] collaterals;
    address[] debts;
    uint8 eModeCategory;
    /// @dev Collateral that must be switched on by hand (isolation mode).
    bool switchOn;
    /// @dev Largest collateral per leg, in whole dollars.
    uint32 maxLegUsd;
  }

  IPoolForSeeds public immutable POOL;
  IOracleForSeeds public immutable ORACLE;
  address public immutable IMPLEMENTATION;
  uint256 public immutable SEED;
  uint256 public count;

  Basket[] private _baskets;

  constructor(IPoolForSeeds pool, IOracleForSeeds oracle, uint256 seed, Basket[] memory baskets) {
    POOL = pool;
    ORACLE = oracle;
    SEED = seed;
    IMPLEMENTATION = address(new SeedAccount());
    for (uint256 i = 0; i < baskets.length; i++) {
      _baskets.push(baskets[i]);
      for (uint256 j = 0; j < baskets[i].collaterals.length; j++) {
        ITokenForSeeds(baskets[i].collaterals[j]).approve(address(pool), type(uint256).max);
      }
    }
  }

  /// @notice Address of account `index`, made or not.
  function accountAt(uint256 index) public view returns (address) {
    return Clones.predictDeterministicAddress(IMPLEMENTATION, bytes32(index));
  }

  function accountsBetween(uint256 from, uint256 to) external view returns (address[] memory accounts) {
    accounts = new address[](to - from);
    for (uint256 i = from; i < to; i++) accounts[i - from] = accountAt(i);
  }

  /// @notice Makes the next `batch` accounts.
  function open(uint256 batch) external {
    uint256 first = count;
    count = first + batch;
    for (uint256 i = first; i < first + batch; i++) _open(i);
  }

  function _open(uint256 index) private {
    uint256 random = uint256(keccak256(abi.encode(SEED, index)));
    Basket storage basket = _baskets[random % _baskets.length];
    SeedAccount account = SeedAccount(Clones.cloneDeterministic(IMPLEMENTATION, bytes32(index)));
    if (basket.eModeCategory != 0) account.enterEMode(POOL, basket.eModeCategory);
    _supply(account, basket, random >> 16);
    _borrow(account, basket, random >> 128);
  }

  function _supply(SeedAccount account, Basket storage basket, uint256 random) private {
    uint256 available = basket.collaterals.length;
    uint256 legs = 1 + (random % 3);
    if (legs > available) legs = available;
    for (uint256 leg = 0; leg < legs; leg++) {
      address asset = basket.collaterals[((random >> 8) + leg) % available];
      uint256 valueBase = 1e8 * (50 + (uint256(keccak256(abi.encode(random, leg))) % basket.maxLegUsd));
      POOL.supply(asset, _toAmount(asset, valueBase), address(account), 0);
      if (basket.switchOn) account.enableCollateral(POOL, asset);
    }
  }

  /// @dev Uses 20–97 % of what the account may borrow.
  function _borrow(SeedAccount account, Basket storage basket, uint256 random) private {
    uint256 available = basket.debts.length;
    if (available == 0) return;
    uint256 legs = 1 + (random % 2);
    if (legs > available) legs = available;
    (, , uint256 borrowableBase, , , ) = POOL.getUserAccountData(address(account));
    uint256 share = (borrowableBase * (20 + ((random >> 8) % 78))) / 100 / legs;
    for (uint256 leg = 0; leg < legs; leg++) {
      address asset = basket.debts[((random >> 16) + leg) % available];
      account.borrow(POOL, asset, _toAmount(asset, share));
    }
  }

  function _toAmount(address asset, uint256 valueBase) private view returns (uint256) {
    return (valueBase * 10 ** ITokenForSeeds(asset).decimals()) / ORACLE.getAssetPrice(asset);
  }
}
