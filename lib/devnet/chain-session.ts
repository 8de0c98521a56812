import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { encodeFunctionData, type Hash, type Hex, numberToHex } from 'viem';
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

const LOCAL_CHAIN_ID = 31_337;

/** Chain time that set-up may use: one second a transaction, about 350 of them. */
const SETUP_SECONDS = 900;

/**
 * Past states that stay readable, one a block: six minutes of history. Each takes about half a megabyte of memory and 65 bytes more with
 * every block, since anvil copies the hashes of all blocks into each; nothing goes to disk. Hence `renew`.
 */
const KEPT_STATES = 360;

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

/**
 * The dumped state (JSON as gzip as hex) as a file to start from, with the genesis block and the last ones only. A process that itself
 * went on from such a file dumps two blocks of number 0, its own and the chain's, in any order: the chain's is the earlier one.
 */
function trimState(dump: Hex, latest: bigint): string {
  const packed = Buffer.from(dump.slice(2), 'hex');
  const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
  const state = JSON.parse((isGzip ? gunzipSync(packed) : packed).toString('utf8')) as {
    blocks: readonly { readonly header: { readonly number: Hex; readonly timestamp: Hex } }[];
  };
  const oldest = latest - BigInt(KEPT_STATES);
  const [genesis] = state.blocks
    .filter(({ header }) => BigInt(header.number) === 0n)
    .sort((a, b) => Number(BigInt(a.header.timestamp) - BigInt(b.header.timestamp)));
  const last = state.blocks.filter(({ header }) => BigInt(header.number) > 0n && BigInt(header.number) > oldest);
  return JSON.stringify({ ...state, blocks: [...(genesis ? [genesis] : []), ...last] });
}

/**
 * Every life of the chain is set up in exactly so many blocks: where borrows were refused, empty ones make up for it. The app takes the
 * chain for live from the next block on, so that a chain half set up is never read as one without positions.
 */
export const SETUP_BLOCKS = 360n;

/** One life of the chain in one process. Blocks are mined by whoever holds it. */
export class ChainSession {
  /** Mined by this process since set-up. */
  private blocks = 0;

  private constructor(
    readonly anvil: AnvilProcess,
    readonly context: OperationContext,
    readonly genesisHash: Hash,
    readonly firstLiveBlock: bigint,
    private lastTimestampSeconds: number,
  ) {}

  /** Starts anvil, deploys, supplies liquidity, opens the demo accounts, stops mining by itself and writes every oracle afresh. */
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
      const setUp = await operator.client.getBlockNumber();
      if (setUp < SETUP_BLOCKS) await operator.request('anvil_mine', [numberToHex(SETUP_BLOCKS - setUp)]);
      await operator.request('anvil_removeBlockTimestampInterval');
      await operator.request('evm_setAutomine', [false]);
      const [genesis, latest] = await Promise.all([
        operator.client.getBlock({ blockNumber: 0n }),
        operator.client.getBlock(),
      ]);
      const session = new ChainSession(anvil, context, genesis.hash, latest.number, Number(latest.timestamp));
      // Set-up used up a quarter of an hour of chain time, which is no age that anyone waited: the same answers are written once more.
      const writes: Transaction[] = [];
      for (const { symbol } of deployment.assets) {
        writes.push(session.buildFeedWrite(symbol, (await session.readFeed(symbol)).answer));
      }
      await session.mineWith(writes, readTimeMs());
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
    this.blocks += 1;
  }

  get blockCount(): number {
    return this.blocks;
  }

  /**
   * Goes on in a fresh process with the chain as it is: genesis, hashes, blocks and balances stay; what the old process had piled up is
   * gone, and so are past states. About a second passes without answers. A failure leaves no process behind.
   */
  async renew(onStarted: (anvil: AnvilProcess) => void): Promise<ChainSession> {
    const { operator } = this.context;
    const directory = await mkdtemp(join(tmpdir(), 'ballast-chain-'));
    try {
      const stateFile = join(directory, 'state.json');
      const latest = await operator.client.getBlockNumber();
      await writeFile(stateFile, trimState(await operator.request<Hex>('anvil_dumpState', [false]), latest));
      await this.anvil.kill();
      const anvil = await startAnvil({
        port: this.anvil.port,
        chainId: LOCAL_CHAIN_ID,
        genesisTimestampSeconds: this.lastTimestampSeconds,
        keptStates: KEPT_STATES,
        stateFile,
      });
      onStarted(anvil);
      await operator.request('evm_setAutomine', [false]);
      return new ChainSession(anvil, this.context, this.genesisHash, this.firstLiveBlock, this.lastTimestampSeconds);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
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
