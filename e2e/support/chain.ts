import {
  type Address,
  createPublicClient,
  decodeFunctionResult,
  encodeFunctionData,
  type Hash,
  http,
  multicall3Abi,
  type PublicClient,
  parseAbi,
} from 'viem';
import type { Deployment } from '@/lib/devnet/deploy/deployment';
import type { DevnetDeployment } from './devnet';

const poolAbi = parseAbi([
  'function getUserAccountData(address user) view returns (uint256 totalCollateralBase, uint256 totalDebtBase, uint256 availableBorrowsBase, uint256 currentLiquidationThreshold, uint256 ltv, uint256 healthFactor)',
]);
const morphoAbi = parseAbi([
  'struct MarketParams { address loanToken; address collateralToken; address oracle; address irm; uint256 lltv; }',
  'function market(bytes32 id) view returns (uint128 totalSupplyAssets, uint128 totalSupplyShares, uint128 totalBorrowAssets, uint128 totalBorrowShares, uint128 lastUpdate, uint128 fee)',
  'function position(bytes32 id, address user) view returns (uint256 supplyShares, uint128 borrowShares, uint128 collateral)',
  'function accrueInterest(MarketParams marketParams)',
]);
const oracleAbi = parseAbi(['function price() view returns (uint256)']);
const feedAbi = parseAbi(['function latestAnswer() view returns (int256)']);

const WAD = 10n ** 18n;
const NO_DEBT = 2n ** 256n - 1n;

/** What a position's own contract says of it at a block: values in dollars, 8 decimals; the health factor has 18, null without debt. */
export interface ContractFigures {
  readonly collateral: bigint;
  readonly debt: bigint;
  readonly healthFactor: bigint | null;
}

const ceilDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

/** The chain as a test sees it: straight from its node, with none of the product's code between. */
export class TestChain {
  readonly client: PublicClient;

  constructor(
    rpcUrl: string,
    private readonly deployment: Deployment,
  ) {
    this.client = createPublicClient({ transport: http(rpcUrl) });
  }

  /** What the contracts say of each of these positions (`venue~chain~market~owner`), all at one block. */
  async readFigures(ids: readonly string[], blockNumber: bigint): Promise<Readonly<Record<string, ContractFigures>>> {
    const entries = await Promise.all(
      ids.map(async (id) => {
        const [venue, , market, owner] = id.split('~') as [string, string, Hash, Address];
        const figures =
          venue === 'aave-v3'
            ? await this.readAave(owner, blockNumber)
            : await this.readMorpho(market, owner, blockNumber);
        return [id, figures] as const;
      }),
    );
    return Object.fromEntries(entries);
  }

  /** Aave's health factor of an owner at a block, 18 decimals. */
  async readHealthFactor(owner: Address, blockNumber: bigint): Promise<bigint> {
    return (await this.readAaveData(owner, blockNumber))[5];
  }

  private readAaveData(owner: Address, blockNumber: bigint) {
    return this.client.readContract({
      address: this.deployment.aave.pool,
      abi: poolAbi,
      functionName: 'getUserAccountData',
      args: [owner],
      blockNumber,
    });
  }

  private async readAave(owner: Address, blockNumber: bigint): Promise<ContractFigures> {
    const [collateral, debt, , , , healthFactor] = await this.readAaveData(owner, blockNumber);
    return { collateral, debt, healthFactor: healthFactor === NO_DEBT ? null : healthFactor };
  }

  /** By Morpho's own storage after its own `accrueInterest`, its oracle's price and the test of `_isHealthy`. */
  private async readMorpho(marketId: Hash, owner: Address, blockNumber: bigint): Promise<ContractFigures> {
    const { morpho, multicall3 } = this.deployment;
    const market = morpho.markets.find(({ id }) => id === marketId);
    if (market === undefined) throw new Error(`No Morpho market ${marketId}`);
    const params = { ...market, lltv: BigInt(market.lltv) };
    const call = (functionName: 'accrueInterest' | 'market') => ({
      target: morpho.address,
      allowFailure: false,
      callData:
        functionName === 'market'
          ? encodeFunctionData({ abi: morphoAbi, functionName, args: [marketId] })
          : encodeFunctionData({ abi: morphoAbi, functionName, args: [params] }),
    });
    const [accrued, [, borrowShares, collateral], price] = await Promise.all([
      this.client.call({
        to: multicall3,
        data: encodeFunctionData({
          abi: multicall3Abi,
          functionName: 'aggregate3',
          args: [[call('accrueInterest'), call('market')]],
        }),
        blockNumber,
      }),
      this.client.readContract({
        address: morpho.address,
        abi: morphoAbi,
        functionName: 'position',
        args: [marketId, owner],
        blockNumber,
      }),
      this.client.readContract({ address: market.oracle, abi: oracleAbi, functionName: 'price', blockNumber }),
    ]);
    const answers = decodeFunctionResult({
      abi: multicall3Abi,
      functionName: 'aggregate3',
      data: accrued.data ?? '0x',
    });
    const totals = decodeFunctionResult({
      abi: morphoAbi,
      functionName: 'market',
      data: answers[1]?.returnData ?? '0x',
    });
    const borrowed = ceilDiv(borrowShares * (totals[2] + 1n), totals[3] + 1_000_000n);
    const maxBorrow = (((collateral * price) / 10n ** 36n) * params.lltv) / WAD;
    return {
      collateral:
        (collateral * (await this.readAnswer(market.collateralToken, blockNumber))) / this.unit(market.collateralToken),
      debt: ceilDiv(borrowed * (await this.readAnswer(market.loanToken, blockNumber)), this.unit(market.loanToken)),
      healthFactor: borrowed === 0n ? null : (maxBorrow * WAD) / borrowed,
    };
  }

  private findAsset(token: Address) {
    const asset = this.deployment.assets.find(({ address }) => address === token);
    if (asset === undefined) throw new Error(`No asset ${token}`);
    return asset;
  }

  private unit(token: Address): bigint {
    return 10n ** BigInt(this.findAsset(token).decimals);
  }

  /** The feed's answer, 8 decimals. */
  private readAnswer(token: Address, blockNumber: bigint): Promise<bigint> {
    return this.client.readContract({
      address: this.findAsset(token).feed,
      abi: feedAbi,
      functionName: 'latestAnswer',
      blockNumber,
    });
  }
}

export const createTestChain = (rpcUrl: string, { deployment }: DevnetDeployment): TestChain =>
  new TestChain(rpcUrl, deployment);
