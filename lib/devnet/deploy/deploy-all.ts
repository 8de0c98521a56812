import type { Artifacts } from '../artifacts';
import type { ChainOperator } from '../chain-operator';
import { installMulticall3, MULTICALL3_ADDRESS } from '../multicall3';
import { deployAave } from './deploy-aave';
import { deployAssets, type InitialAnswers } from './deploy-assets';
import { deployMorpho } from './deploy-morpho';
import type { Deployment } from './deployment';

/**
 * Deploys everything on a fresh chain that mines each transaction at once. The order of the deployer's transactions is fixed, and so are
 * all addresses.
 */
export async function deployAll(
  operator: ChainOperator,
  artifacts: Artifacts,
  options: { readonly answers?: InitialAnswers; readonly report?: (message: string) => void } = {},
): Promise<Deployment> {
  const report = options.report ?? (() => {});
  await installMulticall3((method, params) => operator.request(method, params));
  report('deploying tokens and price feeds …');
  const assets = await deployAssets(operator, artifacts, options.answers ?? {});
  report('deploying Aave v3.6 …');
  const aave = await deployAave(operator, artifacts, assets);
  report('deploying Morpho Blue …');
  const morpho = await deployMorpho(operator, artifacts, assets);
  return { chainId: operator.chainId, multicall3: MULTICALL3_ADDRESS, aave, morpho, assets };
}
