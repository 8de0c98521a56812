import { type Client, createClient, custom, type Hash } from 'viem';
import { compileContracts } from '@/lib/devnet/compile';
import { createSeedAccounts } from '@/lib/devnet/seed-accounts';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import type { Address } from '@/lib/domain/asset';
import type { BlockRef, ChainConfig, ChainIdentity } from '@/lib/domain/chain';

const ACCOUNTS = 10_000;
const SEED = 20_261_121n;
const DAY_SECONDS = 86_400;

/** A client that counts what it sends: one request of a batch is one request. */
export interface CountingClient {
  readonly client: Client;
  /** `eth_call` requests since the last time this was asked. */
  takeCallCount(): number;
}

export interface SeededChain {
  readonly chain: TestChain;
  /** Real accounts with positions in the pool, made by the helper contract. */
  readonly accounts: readonly Address[];
  readonly config: ChainConfig;
  readonly identity: ChainIdentity;
  /** The newest block, at which nothing more happens. */
  readonly block: BlockRef;
  /** Speaks to the chain by HTTP with nothing in between but the counter. */
  connect(): CountingClient;
}

function connectCounting(url: string): CountingClient {
  let calls = 0;
  let id = 0;
  const request = async ({ method, params }: { method: string; params?: unknown }): Promise<unknown> => {
    if (method === 'eth_call') calls += 1;
    id += 1;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id, method, params: params ?? [] }),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  return {
    client: createClient({ transport: custom({ request }, { retryCount: 0 }) }),
    takeCallCount: () => {
      const taken = calls;
      calls = 0;
      return taken;
    },
  };
}

/** Starts a chain with Aave and Morpho and opens 10,000 real accounts on Aave, the same ones at every start. */
export async function startSeededChain(report: (message: string) => void): Promise<SeededChain> {
  await compileContracts(report);
  report('chain: deploying …');
  const chain = await startTestChain();
  const { deployment } = chain;
  const accounts = await createSeedAccounts(chain, {
    count: ACCOUNTS,
    seed: SEED,
    report: (done) => {
      if (done % 1_000 === 0) report(`chain: ${done} of ${ACCOUNTS} accounts …`);
    },
  });
  // Interest accrues for a day, so that balances are not those that were put in.
  await chain.warp(DAY_SECONDS);
  const [genesis, latest] = [await chain.client.getBlock({ blockNumber: 0n }), await chain.client.getBlock()];
  return {
    chain,
    accounts,
    config: {
      chainId: deployment.chainId,
      name: 'Local chain',
      stalledAfterMs: 4_000,
      multicall3: deployment.multicall3,
      aave: {
        addressesProvider: deployment.aave.addressesProvider,
        uiPoolDataProvider: deployment.aave.uiPoolDataProvider,
        protocolDataProvider: deployment.aave.protocolDataProvider,
      },
      morpho: { address: deployment.morpho.address, marketIds: deployment.morpho.markets.map(({ id }) => id) },
    },
    identity: { chainId: deployment.chainId, genesisHash: genesis.hash as Hash },
    block: { number: latest.number, hash: latest.hash, timestampSeconds: Number(latest.timestamp) },
    connect: () => connectCounting(chain.url),
  };
}
