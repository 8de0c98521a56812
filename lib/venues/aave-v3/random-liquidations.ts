import {
  type Abi,
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  encodePacked,
  type Hex,
  keccak256,
  parseAbi,
  parseEventLogs,
} from 'viem';
import { type AssetSymbol, RESERVES } from '@/lib/devnet/parameters';
import type { AssetId } from '@/lib/domain/asset';
import type { LiquidationPair } from '@/lib/domain/outcome';
import { between, type Random, scale } from '../random-draws';
import { readMany } from '../read-many';
import { type AaveBench, playRound, type RoundPlan, readBlock } from './random-accounts';

/** Random liquidatable accounts on a test chain, and liquidations carried out for real, for chain tests. */

const LIQUIDATION_GAS = 200_000_000n;
export const MAX_UINT256 = 2n ** 256n - 1n;

const bundleAbi = parseAbi([
  'struct Call { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call[] calls) payable returns (Result[] returnData)',
]);

const eventsAbi = parseAbi([
  'event LiquidationCall(address indexed collateralAsset, address indexed debtAsset, address indexed user, uint256 debtToCover, uint256 liquidatedCollateralAmount, address liquidator, bool receiveAToken)',
  'event DeficitCreated(address indexed user, address indexed debtAsset, uint256 amountCreated)',
  'event Transfer(address indexed from, address indexed to, uint256 value)',
]);

/** One liquidation as it is sent. */
export interface Order {
  readonly pair: LiquidationPair;
  readonly debtToCover: bigint;
}

const addressOf = (bench: AaveBench, id: AssetId): Address => {
  const config = bench.market.reserves.find(({ asset }) => asset.id === id);
  if (!config) throw new Error(`${id} is not listed.`);
  return config.asset.address;
};

const encodeOrder = (bench: AaveBench, owner: Address, { pair, debtToCover }: Order): Hex =>
  encodeFunctionData({
    abi: bench.chain.artifacts.PoolInstance.abi,
    functionName: 'liquidationCall',
    args: [addressOf(bench, pair.collateral), addressOf(bench, pair.debt), owner, debtToCover, false],
  });

const encodeBundle = (calls: readonly { readonly target: Address; readonly callData: Hex }[], allowFailure: boolean) =>
  encodeFunctionData({
    abi: bundleAbi,
    functionName: 'aggregate3',
    args: [calls.map((call) => ({ ...call, allowFailure }))],
  });

/** Calls from Multicall3 at the latest block, one after the other in one state that is thrown away. */
async function simulate(bench: AaveBench, calls: readonly { readonly target: Address; readonly callData: Hex }[]) {
  const raw = await bench.chain.operator.request<Hex>('eth_call', [
    {
      to: bench.config.multicall3,
      data: encodeBundle(calls, true),
      gas: `0x${LIQUIDATION_GAS.toString(16)}`,
    },
    'latest',
  ]);
  return decodeFunctionResult({ abi: bundleAbi, functionName: 'aggregate3', data: raw });
}

/** `MustNotLeaveDust()` and the like, as the contract returns it. */
export const errorSelector = (signature: string): Hex =>
  keccak256(encodePacked(['string'], [signature])).slice(0, 10) as Hex;

/** What the contract does with each order, each on the account as it stands now. */
export async function tryOrders(bench: AaveBench, owner: Address, orders: readonly Order[]) {
  const answers: { readonly accepted: boolean; readonly error: Hex }[] = [];
  for (const order of orders) {
    const [answer] = await simulate(bench, [
      { target: bench.chain.deployment.aave.pool, callData: encodeOrder(bench, owner, order) },
    ]);
    if (!answer) throw new Error('A bundle of one call answers once.');
    answers.push({ accepted: answer.success, error: answer.returnData });
  }
  return answers;
}

/** The account's health factor after each order, one after the other at the latest block. */
export async function simulateHealthFactors(bench: AaveBench, owner: Address, orders: readonly Order[]) {
  const { abi } = bench.chain.artifacts.PoolInstance;
  const target = bench.chain.deployment.aave.pool;
  const results = await simulate(
    bench,
    orders.flatMap((order) => [
      { target, callData: encodeOrder(bench, owner, order) },
      { target, callData: encodeFunctionData({ abi, functionName: 'getUserAccountData', args: [owner] }) },
    ]),
  );
  return results
    .filter((_, place) => place % 2 === 1)
    .map(({ returnData }) => {
      const figures = decodeFunctionResult({ abi, functionName: 'getUserAccountData', data: returnData });
      return (figures as readonly bigint[])[5];
    });
}

/** Carries out the orders in one transaction and tells the pool's events, and the fees, in their order. */
export async function carryOut(bench: AaveBench, owner: Address, orders: readonly Order[]) {
  const { chain, market } = bench;
  const pool = chain.deployment.aave.pool;
  const treasury = await chain.operator.read<Address>({
    address: market.reserves[0]?.aToken ?? pool,
    abi: chain.artifacts.ATokenInstance.abi as Abi,
    functionName: 'RESERVE_TREASURY_ADDRESS',
  });
  const { logs } = await chain.send({
    from: chain.roles.deployer,
    to: bench.config.multicall3,
    data: encodeBundle(
      orders.map((order) => ({ target: pool, callData: encodeOrder(bench, owner, order) })),
      false,
    ),
    gas: LIQUIDATION_GAS,
  });
  const events = parseEventLogs({ abi: eventsAbi, logs: logs as never, strict: true }) as readonly {
    readonly eventName: string;
    readonly address: Address;
    readonly args: Readonly<Record<string, unknown>>;
  }[];
  const isFee = ({ eventName, address, args }: (typeof events)[number]): boolean =>
    eventName === 'Transfer' &&
    market.reserves.some(({ aToken }) => aToken === address.toLowerCase()) &&
    String(args.from).toLowerCase() === owner.toLowerCase() &&
    String(args.to).toLowerCase() === treasury.toLowerCase();
  return {
    calls: events.filter(({ eventName }) => eventName === 'LiquidationCall').map(({ args }) => args),
    deficits: events.filter(({ eventName }) => eventName === 'DeficitCreated').map(({ args }) => args),
    fees: events.filter(isFee).map(({ args }) => args.value as bigint),
  };
}

/** Each reserve's deficit, in the market's order. */
export async function readDeficits(bench: AaveBench): Promise<readonly bigint[]> {
  const answers = await readMany(
    bench.client,
    bench.config.multicall3,
    bench.market.reserves.map(({ asset }) => ({
      address: bench.chain.deployment.aave.pool,
      abi: bench.chain.artifacts.PoolInstance.abi,
      functionName: 'getReserveDeficit',
      args: [asset.address],
    })),
    await readBlock(bench.chain),
  );
  return answers.map((answer) => (answer.ok ? (answer.value as bigint) : -1n));
}

const STABLE: ReadonlySet<AssetSymbol> = new Set(['USDC', 'USDT', 'DAI']);
/** Collateral of the ether mode that is owed in ether: it turns by falling against it. */
const STAKED: ReadonlySet<AssetSymbol> = new Set(['wstETH', 'weETH']);

type Range = readonly [low: number, high: number];

interface LiquidatableRound extends Omit<RoundPlan, 'accounts'> {
  readonly fall: Range;
  readonly stakedFall: Range;
}

/**
 * Accounts of one kind of round: barely liquidatable and of a size at which the dust rule bites, barely and larger, deep under water, or
 * anything. `worth` of a supply in powers of ten of the base currency's units; the falls come on top of the round's own.
 */
const ROUNDS: readonly LiquidatableRound[] = [
  { tight: true, worth: [11.3, 11.75], fall: [0.955, 0.985], stakedFall: [0.94, 0.98] },
  { tight: true, worth: [11.5, 14], fall: [0.96, 0.99], stakedFall: [0.94, 0.97] },
  { tight: true, worth: [10, 14], fall: [0.55, 0.85], stakedFall: [0.8, 1] },
  { tight: true, worth: [11.4, 11.7], fall: [0.965, 0.985], stakedFall: [0.96, 0.99] },
  { tight: false, worth: [9, 14], fall: [0.3, 0.7], stakedFall: [0.8, 1] },
  { tight: true, worth: [11.5, 11.75], fall: [0.96, 0.985], stakedFall: [0.97, 1] },
];

/** Opens one round's accounts and lets all but stablecoins fall; every sixth round repeats its kind. */
export async function playLiquidatableRound(bench: AaveBench, random: Random, index: number, accounts: number) {
  const kind = ROUNDS[index % ROUNDS.length];
  if (!kind) throw new RangeError('There is a kind for every round.');
  const round = await playRound(bench, random, { ...kind, accounts }, 1 + index * 1_000);
  const fall = between(random, ...kind.fall);
  const stakedFall = fall * between(random, ...kind.stakedFall);
  for (const { symbol } of RESERVES) {
    if (STABLE.has(symbol)) continue;
    const answer = scale(await bench.chain.readPrice(symbol), STAKED.has(symbol) ? stakedFall : fall);
    await bench.chain.setPrice(symbol, answer > 0n ? answer : 1n);
  }
  return round;
}
