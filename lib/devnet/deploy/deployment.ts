import type { Address, Hash } from 'viem';
import type { AssetSymbol, MorphoMarketName } from '../parameters';

export interface DeployedAsset {
  readonly symbol: AssetSymbol;
  readonly address: Address;
  readonly decimals: number;
  readonly feed: Address;
  readonly heartbeatSeconds: number;
  readonly deviationBps: number;
}

export interface DeployedMorphoMarket {
  readonly id: Hash;
  readonly name: MorphoMarketName;
  readonly loanToken: Address;
  readonly collateralToken: Address;
  readonly oracle: Address;
  readonly irm: Address;
  /** Decimal string, 18 decimals. */
  readonly lltv: string;
}

/** Where everything is on the local chain. Plain JSON; addresses in lower case and the same at every start. */
export interface Deployment {
  readonly chainId: number;
  readonly multicall3: Address;
  readonly aave: {
    readonly addressesProvider: Address;
    readonly pool: Address;
    readonly poolConfigurator: Address;
    readonly oracle: Address;
    readonly protocolDataProvider: Address;
    readonly uiPoolDataProvider: Address;
    readonly liquidationDataProvider: Address;
  };
  readonly morpho: {
    readonly address: Address;
    readonly irm: Address;
    readonly markets: readonly DeployedMorphoMarket[];
  };
  readonly assets: readonly DeployedAsset[];
}

export function findAsset(deployment: Pick<Deployment, 'assets'>, symbol: AssetSymbol): DeployedAsset {
  const found = deployment.assets.find((asset) => asset.symbol === symbol);
  if (found === undefined) throw new RangeError(`${symbol} is not deployed.`);
  return found;
}

export function findMorphoMarket(deployment: Pick<Deployment, 'morpho'>, name: MorphoMarketName): DeployedMorphoMarket {
  const found = deployment.morpho.markets.find((market) => market.name === name);
  if (found === undefined) throw new RangeError(`There is no Morpho market ${name}.`);
  return found;
}
