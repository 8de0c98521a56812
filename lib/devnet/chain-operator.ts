import {
  type Abi,
  type Address,
  type Chain,
  createTestClient,
  decodeErrorResult,
  decodeFunctionResult,
  defineChain,
  encodeDeployData,
  encodeFunctionData,
  type Hash,
  type Hex,
  http,
  publicActions,
  walletActions,
} from 'viem';
import type { Artifact } from './artifacts';
import { DevnetTransactionError } from './devnet-error';
import { MULTICALL3_ADDRESS } from './multicall3';

/**
 * Given to every transaction: estimates go stale when the clock ticks between the estimate and the block, since interest accrues.
 * Gas is free on this chain.
 */
const GAS_LIMIT = 8_000_000n;
const RECEIPT_POLL_MS = 10;
const RECEIPT_TIMEOUT_MS = 20_000;

export interface Transaction {
  readonly from: Address;
  readonly to?: Address;
  readonly data?: Hex;
  readonly value?: bigint;
  readonly gas?: bigint;
}

export interface Receipt {
  readonly transactionHash: Hash;
  readonly blockHash: Hash;
  readonly blockNumber: bigint;
  readonly gasUsed: bigint;
  readonly succeeded: boolean;
  readonly contractAddress: Address | undefined;
  readonly logs: readonly { readonly address: Address; readonly topics: readonly Hex[]; readonly data: Hex }[];
}

export interface ContractCall {
  readonly address: Address;
  readonly abi: Abi;
  readonly functionName: string;
  readonly args?: readonly unknown[];
}

interface RpcReceipt {
  readonly transactionHash: Hash;
  readonly blockHash: Hash;
  readonly blockNumber: Hex;
  readonly gasUsed: Hex;
  readonly status: Hex;
  readonly contractAddress: Address | null;
  readonly logs: Receipt['logs'];
}

const toReceipt = (raw: RpcReceipt): Receipt => ({
  transactionHash: raw.transactionHash,
  blockHash: raw.blockHash,
  blockNumber: BigInt(raw.blockNumber),
  gasUsed: BigInt(raw.gasUsed),
  succeeded: BigInt(raw.status) === 1n,
  contractAddress: raw.contractAddress ?? undefined,
  logs: raw.logs,
});

const toHex = (value: bigint): Hex => `0x${value.toString(16)}`;

/** The local chain as viem sees it. */
const defineLocalChain = (chainId: number, url: string): Chain =>
  defineChain({
    id: chainId,
    name: 'Local chain',
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
    contracts: { multicall3: { address: MULTICALL3_ADDRESS } },
  });

/** viem with everything: reads, signing-free writes from unlocked accounts, and anvil's own methods. */
export function createDevnetClient(url: string, chainId: number, timeoutMs = 30_000) {
  return createTestClient({
    mode: 'anvil',
    chain: defineLocalChain(chainId, url),
    transport: http(url, { timeout: timeoutMs, retryCount: 0 }),
    pollingInterval: 50,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions);
}

export type DevnetClient = ReturnType<typeof createDevnetClient>;

/** The bytecode with its libraries put in. Throws `DevnetTransactionError` LIBRARY when one is missing. */
function linkBytecode(artifact: Artifact, libraries: Readonly<Record<string, Address>>): Hex {
  let bytecode: string = artifact.bytecode;
  for (const file of Object.values(artifact.linkReferences)) {
    for (const [name, places] of Object.entries(file)) {
      const address = libraries[name];
      if (address === undefined)
        throw new DevnetTransactionError('LIBRARY', `The library ${name} is not deployed yet.`);
      for (const { start, length } of places) {
        const at = 2 + start * 2;
        bytecode = bytecode.slice(0, at) + address.slice(2).toLowerCase() + bytecode.slice(at + length * 2);
      }
    }
  }
  return bytecode as Hex;
}

/** Turns revert data into a name where the ABI knows it: `HealthFactorLowerThanLiquidationThreshold()`. */
function formatRevert(abi: Abi | undefined, data: Hex | undefined): string {
  if (data === undefined || data === '0x') return 'reverted without data';
  try {
    const { errorName, args } = decodeErrorResult({ abi: abi ?? [], data });
    return `${errorName}(${(args ?? []).join(', ')})`;
  } catch {
    return `reverted with ${data}`;
  }
}

/** Digs the revert data out of viem's nested errors. */
function findRevertData(error: unknown): Hex | undefined {
  for (let cursor = error; cursor instanceof Error; cursor = cursor.cause) {
    const { data } = cursor as { data?: unknown };
    if (typeof data === 'string' && data.startsWith('0x')) return data as Hex;
  }
  return undefined;
}

/**
 * Sends transactions from anvil's unlocked accounts and waits for receipts by its own polling: viem's wait can hang on a chain that mines
 * a transaction before the watcher is set up and then mines nothing more.
 */
export class ChainOperator {
  readonly client: DevnetClient;

  constructor(
    readonly url: string,
    readonly chainId: number,
  ) {
    this.client = createDevnetClient(url, chainId);
  }

  request<Result>(method: string, params: readonly unknown[] = []): Promise<Result> {
    return this.client.request({ method, params } as never) as Promise<Result>;
  }

  /** Puts a transaction into the pool and returns its hash; who mines decides when it takes effect. */
  submit(transaction: Transaction): Promise<Hash> {
    return this.request<Hash>('eth_sendTransaction', [
      {
        from: transaction.from,
        gas: toHex(transaction.gas ?? GAS_LIMIT),
        gasPrice: '0x0',
        ...(transaction.to === undefined ? {} : { to: transaction.to }),
        ...(transaction.data === undefined ? {} : { data: transaction.data }),
        ...(transaction.value === undefined ? {} : { value: toHex(transaction.value) }),
      },
    ]);
  }

  /** Throws `DevnetTransactionError` RECEIPT when there is none after 20 s. */
  async waitForReceipt(hash: Hash): Promise<Receipt> {
    const deadline = performance.now() + RECEIPT_TIMEOUT_MS;
    for (;;) {
      const raw = await this.request<RpcReceipt | null>('eth_getTransactionReceipt', [hash]);
      if (raw !== null) return toReceipt(raw);
      if (performance.now() > deadline) {
        throw new DevnetTransactionError('RECEIPT', `Transaction ${hash} was not mined.`, { inputs: { hash } });
      }
      await new Promise((resolve) => setTimeout(resolve, RECEIPT_POLL_MS));
    }
  }

  /** Submits and waits. Throws `DevnetTransactionError` REVERTED with the contract's own error where `abi` knows it. */
  async send(transaction: Transaction, abi?: Abi): Promise<Receipt> {
    const receipt = await this.waitForReceipt(await this.submit(transaction));
    if (receipt.succeeded) return receipt;
    const reason = await this.explain(transaction, receipt, abi);
    throw new DevnetTransactionError('REVERTED', `A transaction failed: ${reason}`, {
      inputs: { from: transaction.from, to: transaction.to, hash: receipt.transactionHash, reason },
    });
  }

  async write(from: Address, call: ContractCall, gas?: bigint): Promise<Receipt> {
    const data = encodeFunctionData({ abi: call.abi, functionName: call.functionName, args: [...(call.args ?? [])] });
    try {
      return await this.send({ from, to: call.address, data, ...(gas === undefined ? {} : { gas }) }, call.abi);
    } catch (error) {
      if (!(error instanceof DevnetTransactionError)) throw error;
      throw new DevnetTransactionError(error.code, `${call.functionName}: ${error.message}`, error.detail);
    }
  }

  /** Deploys from `from`; the address follows from that account's transaction count alone, so the order of deployments fixes it. */
  async deploy(
    from: Address,
    artifact: Artifact,
    args: readonly unknown[] = [],
    libraries: Readonly<Record<string, Address>> = {},
  ): Promise<Address> {
    const data = encodeDeployData({
      abi: artifact.abi,
      bytecode: linkBytecode(artifact, libraries),
      args: [...args],
    });
    const { contractAddress } = await this.send({ from, data }, artifact.abi);
    if (contractAddress === undefined) throw new DevnetTransactionError('DEPLOY', 'A deployment gave no address.');
    return contractAddress.toLowerCase() as Address;
  }

  /** A call at the latest block, decoded; `Result` is what the ABI says the function returns. */
  async read<Result>(call: ContractCall): Promise<Result> {
    const args = [...(call.args ?? [])];
    const data = encodeFunctionData({ abi: call.abi, functionName: call.functionName, args });
    const answer = await this.request<Hex>('eth_call', [{ to: call.address, data }, 'latest']);
    return decodeFunctionResult({ abi: call.abi, functionName: call.functionName, args, data: answer }) as Result;
  }

  private async explain(transaction: Transaction, receipt: Receipt, abi: Abi | undefined): Promise<string> {
    if (transaction.to === undefined) return 'the constructor reverted';
    if (receipt.gasUsed >= (transaction.gas ?? GAS_LIMIT)) return 'out of gas';
    try {
      await this.request('eth_call', [
        { from: transaction.from, to: transaction.to, data: transaction.data, gas: toHex(GAS_LIMIT) },
        toHex(receipt.blockNumber - 1n),
      ]);
      return 'it reverts in its block, not in a call before it';
    } catch (error) {
      return formatRevert(abi, findRevertData(error));
    }
  }
}
