import { encodeAbiParameters, keccak256, parseAbiParameters, zeroAddress } from 'viem';
import type { Artifacts } from '../artifacts';
import type { ChainOperator } from '../chain-operator';
import { MORPHO_MARKETS, MORPHO_RATE_CURVE } from '../parameters';
import { roles } from '../roles';
import { type DeployedAsset, type DeployedMorphoMarket, type Deployment, findAsset } from './deployment';

const MARKET_PARAMS = parseAbiParameters('address, address, address, address, uint256');

/** Morpho Blue with our rate curve, and one oracle over two feeds for each market. */
export async function deployMorpho(
  operator: ChainOperator,
  artifacts: Artifacts,
  assets: readonly DeployedAsset[],
): Promise<Deployment['morpho']> {
  const morpho = await operator.deploy(roles.deployer, artifacts.Morpho, [roles.deployer]);
  const write = async (functionName: string, args: readonly unknown[]): Promise<void> => {
    await operator.write(roles.deployer, { address: morpho, abi: artifacts.Morpho.abi, functionName, args });
  };
  const { baseRate, slopeBelow, slopeAbove, kink } = MORPHO_RATE_CURVE;
  const irm = await operator.deploy(roles.deployer, artifacts.KinkedIrm, [baseRate, slopeBelow, slopeAbove, kink]);
  await write('enableIrm', [irm]);
  for (const lltv of new Set(MORPHO_MARKETS.map((market) => market.lltv))) await write('enableLltv', [lltv]);
  const markets: DeployedMorphoMarket[] = [];
  for (const { name, collateral, loan, lltv } of MORPHO_MARKETS) {
    const collateralAsset = findAsset({ assets }, collateral);
    const loanAsset = findAsset({ assets }, loan);
    const oracle = await operator.deploy(roles.deployer, artifacts.MorphoFeedOracle, [
      collateralAsset.feed,
      zeroAddress,
      collateralAsset.decimals,
      loanAsset.feed,
      zeroAddress,
      loanAsset.decimals,
    ]);
    const params = {
      loanToken: loanAsset.address,
      collateralToken: collateralAsset.address,
      oracle,
      irm,
      lltv,
    };
    await write('createMarket', [params]);
    const id = keccak256(
      encodeAbiParameters(MARKET_PARAMS, [params.loanToken, params.collateralToken, oracle, irm, lltv]),
    );
    markets.push({ ...params, id, name, lltv: lltv.toString() });
  }
  return { address: morpho, irm, markets };
}
