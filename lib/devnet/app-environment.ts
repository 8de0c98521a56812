import { SETUP_BLOCKS } from './chain-session';
import type { Deployment } from './deploy/deployment';
import { listDemoAccounts } from './open-demo-accounts';

/** The environment with which the app reads this chain. */
export function buildAppEnvironment(
  deployment: Deployment,
  urls: { readonly rpc: string; readonly ws: string; readonly market: string },
): Readonly<Record<string, string>> {
  const { aave, morpho } = deployment;
  return {
    BALLAST_CHAIN_ID: `${deployment.chainId}`,
    BALLAST_CHAIN_NAME: 'Local chain',
    BALLAST_RPC_URL: urls.rpc,
    BALLAST_WS_URL: urls.ws,
    BALLAST_FIRST_BLOCK: `${SETUP_BLOCKS + 1n}`,
    BALLAST_MULTICALL3: deployment.multicall3,
    BALLAST_AAVE_PROVIDER: aave.addressesProvider,
    BALLAST_AAVE_UI_DATA_PROVIDER: aave.uiPoolDataProvider,
    BALLAST_AAVE_PROTOCOL_DATA_PROVIDER: aave.protocolDataProvider,
    BALLAST_MORPHO: morpho.address,
    BALLAST_MORPHO_MARKETS: morpho.markets.map((market) => market.id).join(','),
    BALLAST_MARKET_URL: urls.market,
    BALLAST_DEMO_ACCOUNTS: JSON.stringify(listDemoAccounts()),
  };
}
