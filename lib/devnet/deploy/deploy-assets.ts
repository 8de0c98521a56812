import type { Artifacts } from '../artifacts';
import type { ChainOperator } from '../chain-operator';
import { type AssetSymbol, FEED_DECIMALS, RESERVES } from '../parameters';
import { roles } from '../roles';
import type { DeployedAsset } from './deployment';

/** Answers to start the feeds with instead of those of `parameters.ts`, 8 decimals: prices of now, when a chain is rebuilt. */
export type InitialAnswers = Partial<Readonly<Record<AssetSymbol, bigint>>>;

/** Token and price feed of every reserve. The deployer may mint; only the keeper may write prices. */
export async function deployAssets(
  operator: ChainOperator,
  artifacts: Artifacts,
  answers: InitialAnswers,
): Promise<readonly DeployedAsset[]> {
  const assets: DeployedAsset[] = [];
  for (const reserve of RESERVES) {
    const { symbol, name, decimals, heartbeatSeconds, deviationBps } = reserve;
    const address = await operator.deploy(roles.deployer, artifacts.TestnetERC20, [
      name,
      symbol,
      decimals,
      roles.deployer,
    ]);
    const feed = await operator.deploy(roles.deployer, artifacts.PriceFeed, [
      `${symbol} / USD`,
      FEED_DECIMALS,
      heartbeatSeconds,
      deviationBps,
      roles.keeper,
      answers[symbol] ?? reserve.initialAnswer,
    ]);
    assets.push({ symbol, address, decimals, feed, heartbeatSeconds, deviationBps });
  }
  return assets;
}
