import type { Abi, Hex } from 'viem';

/** What a compiled contract leaves behind; `linkReferences` as solc gives them: file → library → byte offsets. */
export interface Artifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
  readonly linkReferences: Readonly<
    Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
  >;
}

export const AAVE_CONTRACTS = [
  'PoolAddressesProvider',
  'PoolAddressesProviderRegistry',
  'ACLManager',
  'PoolInstance',
  'PoolConfiguratorInstance',
  'ATokenInstance',
  'VariableDebtTokenInstance',
  'AaveOracle',
  'DefaultReserveInterestRateStrategyV2',
  'AaveProtocolDataProvider',
  'UiPoolDataProviderV3',
  'LiquidationDataProvider',
  'RewardsController',
  'EmissionManager',
  'TestnetERC20',
  'BorrowLogic',
  'SupplyLogic',
  'LiquidationLogic',
  'PoolLogic',
  'ConfiguratorLogic',
  'FlashLoanLogic',
] as const;

export const MORPHO_CONTRACTS = ['Morpho'] as const;

/** Ours, in `contracts/`. */
export const LOCAL_CONTRACTS = ['PriceFeed', 'MorphoFeedOracle', 'KinkedIrm', 'SeedAccounts'] as const;

export type ContractName =
  | (typeof AAVE_CONTRACTS)[number]
  | (typeof MORPHO_CONTRACTS)[number]
  | (typeof LOCAL_CONTRACTS)[number];

export type Artifacts = Readonly<Record<ContractName, Artifact>>;
