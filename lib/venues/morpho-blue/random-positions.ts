import type { Address, PublicClient } from 'viem';
import type { DeployedMorphoMarket } from '@/lib/devnet/deploy/deployment';
import type { TestChain } from '@/lib/devnet/testing';
import type { BlockRef, ChainConfig, ChainIdentity } from '@/lib/domain/chain';
import { between, powerOfTen, type Random, scale } from '../random-draws';
import { readMany } from '../read-many';
import { ORACLE_PRICE_SCALE } from './health';
import type { MorphoMarkets } from './market-config';
import { morphoBlueReader } from './read';

/** Random Morpho positions on a test chain, for chain tests: all state by real transactions, all choices from one seed. */

const SPOT: Readonly<Record<'wstETH' | 'WBTC' | 'WETH' | 'USDC', bigint>> = {
  wstETH: 3_600n * 10n ** 8n,
  WBTC: 95_000n * 10n ** 8n,
  WETH: 3_000n * 10n ** 8n,
  USDC: 10n ** 8n,
};
const FED_ASSETS = ['wstETH', 'WBTC', 'WETH', 'USDC'] as const;

const MAX_UINT256 = 2n ** 256n - 1n;
const PLENTY = 10n ** 33n;
/** What the whale lends to each market before the positions open. */
const LENT = 10n ** 30n;
export interface MorphoBench {
  readonly chain: TestChain;
  readonly config: ChainConfig;
  readonly client: PublicClient;
  readonly markets: MorphoMarkets;
  readonly identity: ChainIdentity;
  /** Holds and has approved all tokens. */
  readonly whale: Address;
}

export const paramsOf = (market: DeployedMorphoMarket) => ({
  loanToken: market.loanToken,
  collateralToken: market.collateralToken,
  oracle: market.oracle,
  irm: market.irm,
  lltv: BigInt(market.lltv),
});

/** A chain's Morpho with a whale that can pay for everything. */
export async function openBench(chain: TestChain): Promise<MorphoBench> {
  const { deployment } = chain;
  const whale = chain.newAddress(999_999);
  for (const symbol of FED_ASSETS) {
    await chain.mint(symbol, whale, PLENTY);
    await chain.approve(symbol, whale, deployment.morpho.address, MAX_UINT256);
  }
  const config: ChainConfig = {
    chainId: deployment.chainId,
    name: 'Test chain',
    multicall3: deployment.multicall3,
    stalledAfterMs: 4_000,
    morpho: { address: deployment.morpho.address, marketIds: deployment.morpho.markets.map(({ id }) => id) },
  };
  const client = chain.client as unknown as PublicClient;
  const markets = await morphoBlueReader.readMarket(client, config);
  if (!markets) throw new Error('The configuration names Morpho.');
  const genesis = await chain.client.getBlock({ blockNumber: 0n });
  const identity = { chainId: deployment.chainId, genesisHash: genesis.hash };
  return { chain, config, client, markets, identity, whale };
}

export async function readBlock(chain: TestChain): Promise<BlockRef> {
  const { number, hash, timestamp } = await chain.client.getBlock();
  return { number, hash, timestampSeconds: Number(timestamp) };
}

/** The product's reader: one round at the newest block. */
export async function readPositions(bench: MorphoBench, owners: readonly Address[]) {
  const block = await readBlock(bench.chain);
  const reads = morphoBlueReader.planReads(bench.markets, owners);
  const answers = await readMany(bench.client, bench.config.multicall3, reads, block);
  return { block, ...morphoBlueReader.decode(bench.markets, owners, answers, { identity: bench.identity, block }) };
}

export interface RoundPlan {
  /** Borrowed to the limit, little time, small moves: health factors within about a percent of 1. */
  readonly tight: boolean;
  readonly positions: number;
}

export interface PlayedRound {
  readonly owners: readonly Address[];
  /** An address that only lends. */
  readonly lender: Address;
  readonly elapsedSeconds: number;
  /** Utilisation asked for, per market id. */
  readonly utilisation: ReadonlyMap<string, number>;
  readonly prices: readonly bigint[];
}

const NINETY_DAYS = 90 * 86_400;

/** The asset's feed moves by the factor; never to 0. */
async function movePrice(chain: TestChain, symbol: (typeof FED_ASSETS)[number], factor: number): Promise<bigint> {
  const moved = scale(await chain.readPrice(symbol), factor);
  const answer = moved > 0n ? moved : 1n;
  await chain.setPrice(symbol, answer);
  return answer;
}

/**
 * Plays one round on the chain: prices over six orders of magnitude, random fees, positions of all sizes opened by real transactions,
 * the markets' utilisation set by withdrawing, time passed, prices moved.
 */
export async function playRound(
  bench: MorphoBench,
  random: Random,
  plan: RoundPlan,
  firstAddress: number,
): Promise<PlayedRound> {
  const { chain, whale } = bench;
  const { address: morpho, markets } = chain.deployment.morpho;
  const { abi } = chain.artifacts.Morpho;
  const write = (from: Address, functionName: string, args: readonly unknown[]) =>
    chain.operator.write(from, { address: morpho, abi, functionName, args });
  const prices: bigint[] = [];
  for (const symbol of FED_ASSETS) {
    const answer = (SPOT[symbol] * powerOfTen(random, 9, 15)) / 10n ** 12n;
    await chain.setPrice(symbol, answer);
    prices.push(answer);
  }
  for (const market of markets) {
    if (random() < 0.5) {
      await write(chain.roles.deployer, 'setFee', [paramsOf(market), scale(10n ** 18n, between(random, 0.001, 0.25))]);
    }
    await write(whale, 'supply', [paramsOf(market), LENT, 0n, whale, '0x']);
  }

  const owners: Address[] = [];
  for (let index = 0; index < plan.positions; index++) {
    const market = markets[Math.floor(random() * markets.length)];
    if (!market) throw new Error('There is no such market.');
    const owner = chain.newAddress(firstAddress + index);
    owners.push(owner);
    const params = paramsOf(market);
    const [collateral] = market.name.split('/') as [(typeof FED_ASSETS)[number]];
    const decimals = collateral === 'WBTC' ? 8n : 18n;
    const dollars = powerOfTen(random, 9, 15);
    const dust = random() < 0.2;
    const amount = dust
      ? powerOfTen(random, 0, 7)
      : (dollars * 10n ** decimals) / (await chain.readPrice(collateral)) + 1n;
    await write(whale, 'supplyCollateral', [params, amount, owner, '0x']);
    const price = await chain.operator.read<bigint>({
      address: market.oracle,
      abi: chain.artifacts.MorphoFeedOracle.abi,
      functionName: 'price',
    });
    const limit = (((amount * price) / ORACLE_PRICE_SCALE) * params.lltv) / 10n ** 18n;
    const debt = scale(limit, plan.tight ? between(random, 0.99, 1) : between(random, 0.3, 1)) - 1n;
    if (debt > 0n && random() > 0.03) await write(owner, 'borrow', [params, debt, 0n, owner, owner]);
    if (random() < 0.1) await write(whale, 'supply', [params, powerOfTen(random, 3, 12), 0n, owner, '0x']);
  }
  const lender = chain.newAddress(firstAddress + plan.positions);
  const [firstMarket] = markets;
  if (firstMarket) await write(whale, 'supply', [paramsOf(firstMarket), 10n ** 6n, 0n, lender, '0x']);

  const utilisation = new Map<string, number>();
  for (const market of markets) {
    const target = random() < 0.4 ? between(random, 0.9, 0.999) : between(random, 0.05, 0.9);
    utilisation.set(market.id, target);
    const [supplied, , borrowed] = await chain.operator.read<readonly [bigint, bigint, bigint]>({
      address: morpho,
      abi,
      functionName: 'market',
      args: [market.id],
    });
    const excess = supplied - scale(borrowed, 1 / target) - 1n;
    const withdrawn = excess < LENT ? excess : LENT - 1n;
    if (withdrawn > 0n) await write(whale, 'withdraw', [paramsOf(market), withdrawn, 0n, whale, whale]);
  }

  const elapsedSeconds = Math.floor(plan.tight ? between(random, 60, 3_600) : between(random, 0, NINETY_DAYS));
  if (elapsedSeconds > 0) await chain.warp(elapsedSeconds);
  for (const symbol of FED_ASSETS) {
    const [low, high] = plan.tight ? [0.995, 1.003] : symbol === 'USDC' ? [0.9, 1.1] : [0.5, 1.25];
    prices.push(await movePrice(chain, symbol, between(random, low, high)));
  }
  return { owners, lender, elapsedSeconds, utilisation, prices };
}
