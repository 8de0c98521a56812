import { createClient, http } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestChain, type TestChain } from '@/lib/devnet/testing';
import { toAssetId } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import type { OracleWrite } from '@/lib/domain/price';
import { systemClock } from '../clock';
import type { ChainLog, ChainSource } from '../price-feed';
import type { ChainStatus } from '../stream-protocol';
import { createChainlinkFeed } from './chainlink-feed';
import { ANSWER_UPDATED, readFeeds } from './read-feeds';

let chain: TestChain;
let config: ChainConfig;
beforeAll(async () => {
  chain = await startTestChain({ liquidity: false });
  const { aave, morpho, chainId, multicall3 } = chain.deployment;
  config = {
    chainId,
    name: 'Test chain',
    multicall3,
    stalledAfterMs: 4_000,
    aave,
    morpho: { address: morpho.address, marketIds: morpho.markets.map(({ id }) => id) },
  };
});
afterAll(() => chain?.stop());

const client = () => createClient({ transport: http(chain.url) });

test('finds every feed and asset of both venues, with what each says', async () => {
  const { assets, emitters, latest } = await readFeeds(client(), config);
  const { deployment } = chain;
  expect([...emitters.values()].sort()).toEqual(deployment.assets.map(({ feed }) => feed.toLowerCase()).sort());
  expect([...assets].sort()).toEqual(
    deployment.assets.map(({ address }) => toAssetId(deployment.chainId, address)).sort(),
  );
  expect(latest).toHaveLength(deployment.assets.length);
  for (const { symbol, feed } of deployment.assets) {
    expect(latest.find((write) => write.feed === feed.toLowerCase())?.answer).toBe(await chain.readPrice(symbol));
  }
  const { aave, ...morphoOnly } = config;
  expect(aave).toBeDefined();
  const morpho = await readFeeds(client(), morphoOnly);
  expect(morpho.emitters.size).toBeGreaterThan(1);
  expect(morpho.emitters.size).toBeLessThan(emitters.size);
});

test('a write is reported once, negative answers and all', async () => {
  const { hash, number, timestamp } = await chain.client.getBlock();
  const status: ChainStatus = {
    state: 'live',
    identity: { chainId: config.chainId, genesisHash: hash },
    block: { number, hash, timestampSeconds: Number(timestamp) },
    blockSeenAtMs: 0,
    transport: 'websocket',
    problem: undefined,
  };
  let push: (logs: readonly ChainLog[]) => void = () => {};
  const source: ChainSource = {
    status: () => status,
    subscribe: () => () => {},
    watchLogs(_addresses, topic, listener) {
      expect(topic).toBe(ANSWER_UPDATED);
      push = listener;
      return () => {};
    },
  };
  const feed = createChainlinkFeed({ clock: systemClock, config, client: client(), chain: source, market: undefined });
  const writes: OracleWrite[] = [];
  feed.subscribe((event) => {
    if (event.type === 'writes') writes.push(...event.writes);
  });
  await vi.waitFor(() => expect(feed.assets()?.size).toBe(chain.deployment.assets.length));
  const before = writes.length;

  const from = await chain.client.getBlockNumber();
  const receipt = await chain.setPrice('WETH', -5n);
  const logs = (await chain.client.getLogs({ fromBlock: from + 1n, toBlock: receipt.blockNumber })).map(
    ({ address, topics, data }) => ({ address: address.toLowerCase() as `0x${string}`, topics, data }),
  );
  push(logs);
  push(logs);
  push([{ address: config.multicall3, topics: [ANSWER_UPDATED], data: '0x' }]);
  const weth = chain.deployment.assets.find(({ symbol }) => symbol === 'WETH');
  const { timestamp: at } = await chain.client.getBlock({ blockNumber: receipt.blockNumber });
  const [first] = writes.filter((write) => write.feed === weth?.feed.toLowerCase());
  expect(first?.before).toBeUndefined();
  const replaced = { answer: first?.answer, updatedAtSeconds: first?.updatedAtSeconds };
  expect(writes.slice(before)).toEqual([
    {
      feed: weth?.feed.toLowerCase(),
      answer: -5n,
      roundId: 2n,
      updatedAtSeconds: Number(at),
      before: replaced,
    },
  ]);
  feed.stop();
  // Who comes later hears of both from the chain itself.
  const { latest } = await readFeeds(client(), config);
  expect(latest.find((write) => write.feed === weth?.feed.toLowerCase())).toMatchObject({
    answer: -5n,
    before: replaced,
  });
});
