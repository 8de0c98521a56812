import { encodeFunctionData, type Hash } from 'viem';
import { type AnvilProcess, startAnvil } from './anvil';
import type { Artifacts } from './artifacts';
import { ChainOperator, type Receipt, type Transaction } from './chain-operator';
import { deployAll } from './deploy/deploy-all';
import type { InitialAnswers } from './deploy/deploy-assets';
import { findAsset } from './deploy/deployment';
import { DevnetTransactionError } from './devnet-error';
import { fundLiquidator } from './liquidator';
import { openDemoAccounts } from './open-demo-accounts';
import { type OperationContext, supplyLiquidity } from './operations';
import type { AssetSymbol } from './parameters';
import { roles } from './roles';

export const LOCAL_CHAIN_ID = 31_337;

/** Chain time that set-up may use: one second a transaction, about 350 of them. */
const SETUP_SECONDS = 900;

/**
 * Past states that stay readable, one a block: ten minutes of history. Each takes about half a megabyte in memory, and nothing goes to
 * disk.
 */
const KEPT_STATES = 600;

export interface SessionOptions {
  readonly port: number;
  readonly artifacts: Artifacts;
  readonly answers: InitialAnswers;
  /** Chain time that set-up ends at, asked when it does, since a market may be running meanwhile. Milliseconds. */
  readonly readTimeMs: () => number;
  /** Told as soon as there is a process, so that it can be watched while it is being set up. */
  readonly onStarted: (anvil: AnvilProcess) => void;
  readonly report: (message: string) => void;
}

/** One life of the chain, from genesis to the end of its process. Blocks are mined by whoever holds it. */
export class ChainSession {
  private constructor(
    readonly anvil: AnvilProcess,
    readonly context: OperationContext,
    readonly genesisHash: Hash,
    readonly firstLiveBlock: bigint,
    private lastTimestampSeconds: number,
  ) {}

  /** Starts anvil, deploys, supplies liquidity, opens the demo accounts, then stops mining by itself. */
  static async open(options: SessionOptions): Promise<ChainSession> {
    const { port, artifacts, answers, readTimeMs, report } = options;
    const genesisTimestampSeconds = Math.floor(readTimeMs() / 1_000) - SETUP_SECONDS;
    report('starting anvil …');
    const anvil = await startAnvil({ port, chainId: LOCAL_CHAIN_ID, genesisTimestampSeconds, keptStates: KEPT_STATES });
    options.onStarted(anvil);
    try {
      const operator = new ChainOperator(anvil.url, LOCAL_CHAIN_ID);
      await operator.request('anvil_setBlockTimestampInterval', [1]);
      const deployment = await deployAll(operator, artifacts, { answers, report });
      const context = { operator, artifacts, deployment };
      report('supplying liquidity …');
      await supplyLiquidity(context, report);
      report('opening demo accounts …');
      await openDemoAccounts(context, report);
      await fundLiquidator(context);
      await operator.request('anvil_removeBlockTimestampInterval');
      await operator.request('evm_setAutomine', [false]);
      const [genesis, latest] = await Promise.all([
        operator.client.getBlock({ blockNumber: 0n }),
        operator.client.getBlock(),
      ]);
      const session = new ChainSession(anvil, context, genesis.hash, latest.number, Number(latest.timestamp));
      await session.mine(readTimeMs());
      return session;
    } catch (error) {
      await anvil.kill();
      throw error;
    }
  }

  get timestampSeconds(): number {
    return this.lastTimestampSeconds;
  }

  /** Mines one block with everything submitted, at this time or one second after the last block, whichever is later. */
  async mine(timeMs: number): Promise<void> {
    const timestamp = Math.max(this.lastTimestampSeconds + 1, Math.floor(timeMs / 1_000));
    await this.context.operator.request('evm_mine', [{ timestamp }]);
    this.lastTimestampSeconds = timestamp;
  }

  /** Submits transactions, mines them in one block and gives their receipts in the same order. */
  async mineWith(transactions: readonly Transaction[], timeMs: number): Promise<readonly Receipt[]> {
    const { operator } = this.context;
    const hashes: Hash[] = [];
    for (const transaction of transactions) hashes.push(await operator.submit(transaction));
    await this.mine(timeMs);
    return Promise.all(hashes.map((hash) => operator.waitForReceipt(hash)));
  }

  /** The keeper's write of one answer. */
  buildFeedWrite(symbol: AssetSymbol, answer: bigint): Transaction {
    const { artifacts, deployment } = this.context;
    return {
      from: roles.keeper,
      to: findAsset(deployment, symbol).feed,
      data: encodeFunctionData({ abi: artifacts.PriceFeed.abi, functionName: 'transmit', args: [answer] }),
      gas: 200_000n,
    };
  }

  async readFeed(symbol: AssetSymbol): Promise<{ readonly answer: bigint; readonly updatedAtSeconds: number }> {
    const { operator, artifacts, deployment } = this.context;
    const [, answer, , updatedAt] = await operator.read<readonly bigint[]>({
      address: findAsset(deployment, symbol).feed,
      abi: artifacts.PriceFeed.abi,
      functionName: 'latestRoundData',
    });
    if (answer === undefined || updatedAt === undefined) {
      throw new DevnetTransactionError('FEED', `The feed of ${symbol} gave no round.`);
    }
    return { answer, updatedAtSeconds: Number(updatedAt) };
  }
}
