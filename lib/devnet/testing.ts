import { type Abi, type Address, bytesToHex, numberToBytes } from 'viem';
import { formatDecimal } from '@/lib/units/decimal';
import { startAnvil } from './anvil';
import type { Artifacts } from './artifacts';
import {
  ChainOperator,
  type DevnetClient,
  type ChainOperator as Operator,
  type Receipt,
  type Transaction,
} from './chain-operator';
import { compileContracts } from './compile';
import { deployAll } from './deploy/deploy-all';
import { type Deployment, findAsset } from './deploy/deployment';
import { approveToken, mintToken, type Operation, runOperation, supplyLiquidity } from './operations';
import { type AssetSymbol, findReserve } from './parameters';
import { roles, testAddresses } from './roles';

export interface TestChainOptions {
  /** Supply liquidity and borrow part of it, so that rates are not nil. Default true. */
  readonly liquidity?: boolean;
  /** Default 1,750,000,000. */
  readonly genesisTimestampSeconds?: number;
  /** Past states that stay readable, in memory; fewer save much time where the state is large. Default 400. */
  readonly keptStates?: number;
}

/**
 * A chain for tests: real contracts, a block for each transaction, each block one second after the last, so that a run repeats exactly.
 *
 * Time: a call at `latest` sees the latest block's own timestamp (checked in `testing.chain.test.ts` against Multicall3), so accrue
 * interest to `block.timestamp` of the block you read at; the next transaction is mined at that plus one second, plus what `warp` added.
 *
 * Any address may send: no key and no ether needed (`newAddress`). Amounts are token units, prices 8 decimals.
 */
export interface TestChain {
  readonly url: string;
  readonly wsUrl: string;
  readonly port: number;
  readonly deployment: Deployment;
  readonly artifacts: Artifacts;
  /** viem: public, wallet and test actions. */
  readonly client: DevnetClient;
  readonly operator: Operator;
  /** Some addresses without any position. */
  readonly accounts: readonly Address[];
  readonly roles: typeof roles;
  /** A fresh address, the same one for the same `n`. */
  newAddress(n: number): Address;
  /** Writes an oracle answer, any integer, by an asset's symbol or a feed's address. */
  setPrice(symbolOrFeed: AssetSymbol | Address, answer: bigint): Promise<Receipt>;
  readPrice(symbolOrFeed: AssetSymbol | Address): Promise<bigint>;
  mint(symbol: AssetSymbol, account: Address, amount: bigint): Promise<void>;
  approve(symbol: AssetSymbol, account: Address, spender: Address, amount: bigint): Promise<void>;
  run(account: Address, operation: Operation): Promise<Receipt>;
  supplyAave(account: Address, symbol: AssetSymbol, amount: bigint): Promise<Receipt>;
  borrowAave(account: Address, symbol: AssetSymbol, amount: bigint): Promise<Receipt>;
  repayAave(account: Address, symbol: AssetSymbol, amount: bigint): Promise<Receipt>;
  withdrawAave(account: Address, symbol: AssetSymbol, amount: bigint): Promise<Receipt>;
  setEMode(account: Address, category: number): Promise<Receipt>;
  setCollateral(account: Address, symbol: AssetSymbol, enabled: boolean): Promise<Receipt>;
  send(transaction: Transaction, abi?: Abi): Promise<Receipt>;
  /** `blocks` empty blocks, one second apart. */
  mine(blocks?: number): Promise<void>;
  /** One block, `seconds` after the latest. */
  warp(seconds: number): Promise<void>;
  snapshot(): Promise<`0x${string}`>;
  /** Back to a snapshot, which is used up by that. */
  revert(snapshot: `0x${string}`): Promise<void>;
  stop(): Promise<void>;
}

const addressFromNumber = (n: number): Address =>
  bytesToHex(Uint8Array.from([0xba, 0x11, 0xa5, 0x70, ...numberToBytes(n, { size: 16 })]));

/** Without a number anvil writes every further state to disk: gigabytes, which a test run that is ended leaves behind. */
const KEPT_STATES = 400;

/** Starts anvil on a free port and deploys everything on it: about two seconds once the contracts are compiled. */
export async function startTestChain(options: TestChainOptions = {}): Promise<TestChain> {
  const artifacts = await compileContracts();
  const anvil = await startAnvil({
    genesisTimestampSeconds: options.genesisTimestampSeconds ?? 1_750_000_000,
    impersonate: true,
    keptStates: options.keptStates ?? KEPT_STATES,
  });
  const operator = new ChainOperator(anvil.url, 31_337);
  await operator.request('anvil_setBlockTimestampInterval', [1]);
  const deployment = await deployAll(operator, artifacts);
  const context = { operator, artifacts, deployment };
  if (options.liquidity ?? true) await supplyLiquidity(context);

  const feedOf = (symbolOrFeed: AssetSymbol | Address): Address =>
    symbolOrFeed.startsWith('0x') ? (symbolOrFeed as Address) : findAsset(deployment, symbolOrFeed as AssetSymbol).feed;
  const runAmount =
    (kind: 'supply' | 'borrow' | 'repay' | 'withdraw') =>
    (account: Address, asset: AssetSymbol, amount: bigint): Promise<Receipt> =>
      runOperation(context, account, { kind, asset, amount: formatDecimal(amount, findReserve(asset).decimals) });
  return {
    url: anvil.url,
    wsUrl: anvil.wsUrl,
    port: anvil.port,
    deployment,
    artifacts,
    client: operator.client,
    operator,
    accounts: testAddresses,
    roles,
    newAddress: addressFromNumber,
    setPrice: (symbolOrFeed, answer) =>
      operator.write(roles.keeper, {
        address: feedOf(symbolOrFeed),
        abi: artifacts.PriceFeed.abi,
        functionName: 'transmit',
        args: [answer],
      }),
    readPrice: (symbolOrFeed) =>
      operator.read<bigint>({
        address: feedOf(symbolOrFeed),
        abi: artifacts.PriceFeed.abi,
        functionName: 'latestAnswer',
      }),
    mint: (symbol, account, amount) => mintToken(context, symbol, account, amount),
    approve: (symbol, account, spender, amount) => approveToken(context, symbol, account, spender, amount),
    run: (account, operation) => runOperation(context, account, operation),
    supplyAave: runAmount('supply'),
    borrowAave: runAmount('borrow'),
    repayAave: runAmount('repay'),
    withdrawAave: runAmount('withdraw'),
    setEMode: (account, category) => runOperation(context, account, { kind: 'setEMode', category }),
    setCollateral: (account, asset, enabled) =>
      runOperation(context, account, { kind: 'setCollateral', asset, enabled }),
    send: (transaction, abi) => operator.send(transaction, abi),
    mine: async (blocks = 1) => {
      for (let block = 0; block < blocks; block++) await operator.request('evm_mine');
    },
    warp: async (seconds) => {
      const { timestamp } = await operator.client.getBlock();
      await operator.request('evm_mine', [{ timestamp: Number(timestamp) + seconds }]);
    },
    snapshot: () => operator.request('evm_snapshot'),
    revert: async (snapshot) => {
      await operator.request('evm_revert', [snapshot]);
    },
    stop: () => anvil.kill(),
  };
}
