import { type Address, encodeAbiParameters, keccak256, parseAbiParameters, stringToHex, zeroAddress } from 'viem';
import type { Artifacts, ContractName } from '../artifacts';
import type { ChainOperator } from '../chain-operator';
import { EMODES, findReserve, type RateCurve, type ReserveParameters } from '../parameters';
import { roles } from '../roles';
import { type DeployedAsset, type Deployment, findAsset } from './deployment';

/** Dollars with 8 decimals: the base currency of Aave's main markets. */
const BASE_CURRENCY_UNIT = 100_000_000n;
const INCENTIVES_CONTROLLER = keccak256(stringToHex('INCENTIVES_CONTROLLER'));

const encodeRateCurve = (curve: RateCurve): `0x${string}` =>
  encodeAbiParameters(parseAbiParameters('(uint16 optimal, uint32 base, uint32 below, uint32 above)'), [
    {
      optimal: curve.optimalUsageBps,
      base: curve.baseRateBps,
      below: curve.slopeBelowBps,
      above: curve.slopeAboveBps,
    },
  ]);

/** One deployment under way: contracts by the name of their artifact, written and deployed by the deployer. */
class AaveDeployer {
  constructor(
    private readonly operator: ChainOperator,
    private readonly artifacts: Artifacts,
  ) {}

  deploy(name: ContractName, args: readonly unknown[] = [], libraries: Record<string, Address> = {}): Promise<Address> {
    return this.operator.deploy(roles.deployer, this.artifacts[name], args, libraries);
  }

  async write(name: ContractName, address: Address, functionName: string, args: readonly unknown[]): Promise<void> {
    await this.operator.write(roles.deployer, { address, abi: this.artifacts[name].abi, functionName, args });
  }

  async read(name: ContractName, address: Address, functionName: string, args: readonly unknown[] = []) {
    const found = await this.operator.read<Address>({ address, abi: this.artifacts[name].abi, functionName, args });
    return found.toLowerCase() as Address;
  }
}

async function deployLibraries(deployer: AaveDeployer): Promise<Record<string, Address>> {
  const libraries: Record<string, Address> = {};
  // FlashLoanLogic links BorrowLogic, so it comes last.
  for (const name of [
    'BorrowLogic',
    'SupplyLogic',
    'LiquidationLogic',
    'PoolLogic',
    'ConfiguratorLogic',
    'FlashLoanLogic',
  ] as const) {
    libraries[name] = await deployer.deploy(name, [], libraries);
  }
  return libraries;
}

async function deployRewards(deployer: AaveDeployer, provider: Address): Promise<Address> {
  const emission = await deployer.deploy('EmissionManager', [roles.deployer]);
  const implementation = await deployer.deploy('RewardsController', [emission]);
  await deployer.write('PoolAddressesProvider', provider, 'setAddressAsProxy', [INCENTIVES_CONTROLLER, implementation]);
  const rewards = await deployer.read('PoolAddressesProvider', provider, 'getAddress', [INCENTIVES_CONTROLLER]);
  await deployer.write('EmissionManager', emission, 'setRewardsController', [rewards]);
  return rewards;
}

interface TokenImplementations {
  readonly aToken: Address;
  readonly debtToken: Address;
}

async function listReserve(
  deployer: AaveDeployer,
  configurator: Address,
  implementations: TokenImplementations,
  asset: DeployedAsset,
  reserve: ReserveParameters,
): Promise<void> {
  const write = (functionName: string, ...args: readonly unknown[]): Promise<void> =>
    deployer.write('PoolConfiguratorInstance', configurator, functionName, args);
  const { symbol } = reserve;
  // One asset a transaction: several together do not fit the gas given to each.
  await write('initReserves', [
    {
      aTokenImpl: implementations.aToken,
      variableDebtTokenImpl: implementations.debtToken,
      underlyingAsset: asset.address,
      aTokenName: `Aave local ${symbol}`,
      aTokenSymbol: `aEth${symbol}`,
      variableDebtTokenName: `Aave local Variable Debt ${symbol}`,
      variableDebtTokenSymbol: `variableDebtEth${symbol}`,
      params: '0x',
      interestRateData: encodeRateCurve(reserve.rateCurve),
    },
  ]);
  await write(
    'configureReserveAsCollateral',
    asset.address,
    reserve.ltvBps,
    reserve.liquidationThresholdBps,
    reserve.liquidationBonusBps,
  );
  if (reserve.borrowingEnabled) await write('setReserveBorrowing', asset.address, true);
  await write('setReserveFactor', asset.address, reserve.reserveFactorBps);
  await write('setLiquidationProtocolFee', asset.address, reserve.protocolFeeBps);
  await write('setSupplyCap', asset.address, reserve.supplyCap);
  await write('setBorrowCap', asset.address, reserve.borrowCap);
  if (reserve.debtCeiling > 0n) await write('setDebtCeiling', asset.address, reserve.debtCeiling);
  if (reserve.borrowableInIsolation) await write('setBorrowableInIsolation', asset.address, true);
}

async function defineEModes(
  deployer: AaveDeployer,
  configurator: Address,
  assets: readonly DeployedAsset[],
): Promise<void> {
  const write = (functionName: string, args: readonly unknown[]): Promise<void> =>
    deployer.write('PoolConfiguratorInstance', configurator, functionName, args);
  for (const mode of EMODES) {
    const { category, ltvBps, liquidationThresholdBps, liquidationBonusBps, label } = mode;
    await write('setEModeCategory', [category, ltvBps, liquidationThresholdBps, liquidationBonusBps, label]);
    for (const symbol of mode.collateral) {
      await write('setAssetCollateralInEMode', [findAsset({ assets }, symbol).address, category, true]);
    }
    for (const symbol of mode.borrowable) {
      await write('setAssetBorrowableInEMode', [findAsset({ assets }, symbol).address, category, true]);
    }
  }
}

/** Aave v3.6 with the given tokens and feeds listed, in the order its contracts need each other. */
export async function deployAave(
  operator: ChainOperator,
  artifacts: Artifacts,
  assets: readonly DeployedAsset[],
): Promise<Deployment['aave']> {
  const deployer = new AaveDeployer(operator, artifacts);
  const provider = await deployer.deploy('PoolAddressesProvider', ['Aave v3 local Core', roles.deployer]);
  const registry = await deployer.deploy('PoolAddressesProviderRegistry', [roles.deployer]);
  await deployer.write('PoolAddressesProviderRegistry', registry, 'registerAddressesProvider', [provider, 1n]);
  const libraries = await deployLibraries(deployer);
  const strategy = await deployer.deploy('DefaultReserveInterestRateStrategyV2', [provider]);
  const poolImplementation = await deployer.deploy('PoolInstance', [provider, strategy], libraries);
  const configuratorImplementation = await deployer.deploy('PoolConfiguratorInstance', [], libraries);
  const oracle = await deployer.deploy('AaveOracle', [
    provider,
    assets.map((asset) => asset.address),
    assets.map((asset) => asset.feed),
    zeroAddress,
    zeroAddress,
    BASE_CURRENCY_UNIT,
  ]);
  const setOnProvider = (functionName: string, address: Address): Promise<void> =>
    deployer.write('PoolAddressesProvider', provider, functionName, [address]);
  await setOnProvider('setPriceOracle', oracle);
  await setOnProvider('setACLAdmin', roles.deployer);
  const acl = await deployer.deploy('ACLManager', [provider]);
  await setOnProvider('setACLManager', acl);
  await deployer.write('ACLManager', acl, 'addPoolAdmin', [roles.deployer]);
  await deployer.write('ACLManager', acl, 'addEmergencyAdmin', [roles.deployer]);
  await setOnProvider('setPoolImpl', poolImplementation);
  await setOnProvider('setPoolConfiguratorImpl', configuratorImplementation);
  const pool = await deployer.read('PoolAddressesProvider', provider, 'getPool');
  const configurator = await deployer.read('PoolAddressesProvider', provider, 'getPoolConfigurator');
  const protocolDataProvider = await deployer.deploy('AaveProtocolDataProvider', [provider]);
  await setOnProvider('setPoolDataProvider', protocolDataProvider);
  const rewards = await deployRewards(deployer, provider);
  const implementations = {
    aToken: await deployer.deploy('ATokenInstance', [pool, rewards, roles.treasury]),
    debtToken: await deployer.deploy('VariableDebtTokenInstance', [pool, rewards]),
  };
  for (const asset of assets) {
    await listReserve(deployer, configurator, implementations, asset, findReserve(asset.symbol));
  }
  await defineEModes(deployer, configurator, assets);
  const etherFeed = findAsset({ assets }, 'WETH').feed;
  const uiPoolDataProvider = await deployer.deploy('UiPoolDataProviderV3', [etherFeed, etherFeed]);
  const liquidationDataProvider = await deployer.deploy('LiquidationDataProvider', [pool, provider]);
  return {
    addressesProvider: provider,
    pool,
    poolConfigurator: configurator,
    oracle,
    protocolDataProvider,
    uiPoolDataProvider,
    liquidationDataProvider,
  };
}
