import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { toAssetId } from '@/lib/domain/asset';
import { ChainOperator } from './chain-operator';
import { SETUP_BLOCKS } from './chain-session';
import { compileContracts } from './compile';
import { type ControlServer, startControlServer } from './control-server';
import { findAsset } from './deploy/deployment';
import type { DevnetDescription, MarketTick } from './devnet-state';
import { demoAddress } from './roles';
import { DevnetSupervisor } from './supervisor';

const TOKEN = 'a-token-for-tests';
const WAIT = { timeout: 60_000, interval: 200 };

let supervisor: DevnetSupervisor;
let server: ControlServer;
const ticks: MarketTick[] = [];

beforeAll(async () => {
  supervisor = new DevnetSupervisor({
    artifacts: await compileContracts(),
    chainPort: 0,
    seed: 42,
    frozen: false,
    report: () => {},
    now: () => Date.now(),
  });
  server = await startControlServer(supervisor, { port: 0, token: TOKEN });
  supervisor.subscribe((event) => {
    if (event.type === 'market') ticks.push(event.data);
  });
  supervisor.start();
  await supervisor.ready;
});
afterAll(async () => {
  await supervisor?.stop();
  await server?.close();
});

const readDescription = async (): Promise<DevnetDescription> =>
  (await (await fetch(`${server.url}/deployment`)).json()) as DevnetDescription;

const send = (body: unknown, headers: Record<string, string> = { 'x-ballast-token': TOKEN }): Promise<Response> =>
  fetch(`${server.url}/control`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const connect = (description: DevnetDescription): ChainOperator =>
  new ChainOperator(description.env.BALLAST_RPC_URL ?? '', description.deployment.chainId);

const idOf = (description: DevnetDescription, symbol: Parameters<typeof findAsset>[1]): string =>
  toAssetId(description.deployment.chainId, findAsset(description.deployment, symbol).address);

async function readHealthFactor(description: DevnetDescription, n: number): Promise<number> {
  const { PoolInstance } = await compileContracts();
  const data = await connect(description).read<readonly bigint[]>({
    address: description.deployment.aave.pool,
    abi: PoolInstance.abi,
    functionName: 'getUserAccountData',
    args: [demoAddress(n)],
  });
  return Number(data[5]) / 1e18;
}

async function readAnswer(description: DevnetDescription, symbol: Parameters<typeof findAsset>[1]): Promise<bigint> {
  const { PriceFeed } = await compileContracts();
  const { feed } = findAsset(description.deployment, symbol);
  return connect(description).read<bigint>({ address: feed, abi: PriceFeed.abi, functionName: 'latestAnswer' });
}

test('no oracle is old when the chain is ready: set-up is not time that anyone waited', async () => {
  const description = await readDescription();
  const operator = connect(description);
  const { PriceFeed } = await compileContracts();
  const block = await operator.client.getBlock({ blockNumber: SETUP_BLOCKS + 1n });
  for (const { feed } of description.deployment.assets) {
    const read = { address: feed, abi: PriceFeed.abi, functionName: 'getTimestamp', args: [2n] };
    expect(await operator.read<bigint>(read)).toBe(block.timestamp);
  }
});

test('blocks follow simulated time, one a second, and prices tick with the same clock', async () => {
  const operator = connect(await readDescription());
  const first = await operator.client.getBlock();
  await vi.waitFor(
    async () => expect((await operator.client.getBlock()).number).toBeGreaterThan(first.number + 2n),
    WAIT,
  );
  const block = await operator.client.getBlock();
  const last = ticks.at(-1);
  expect(Math.abs(Number(block.timestamp) - (last?.timeMs ?? 0) / 1_000)).toBeLessThan(5);
  expect(ticks.every((tick, i) => i === 0 || tick.sequence === (ticks[i - 1]?.sequence ?? 0) + 1)).toBe(true);
});

test('at speed 60 chain time runs ahead of the wall', async () => {
  const operator = connect(await readDescription());
  expect((await send({ action: 'speed', value: 60 })).status).toBe(200);
  const before = await operator.client.getBlock();
  await vi.waitFor(async () => {
    const now = await operator.client.getBlock();
    const blocks = Number(now.number - before.number);
    expect(blocks).toBeGreaterThan(3);
    // About sixty seconds a block; a loaded machine makes fewer blocks of more seconds.
    expect(Number(now.timestamp - before.timestamp)).toBeGreaterThan(30 * blocks);
  }, WAIT);
  await send({ action: 'speed', value: 1 });
});

test('paused, blocks go on and prices stand', async () => {
  await send({ action: 'pause' });
  const { env } = await readDescription();
  const operator = new ChainOperator(env.BALLAST_RPC_URL ?? '', 31_337);
  const from = ticks.length;
  const { number } = await operator.client.getBlock();
  await vi.waitFor(async () => expect((await operator.client.getBlock()).number).toBeGreaterThan(number + 1n), WAIT);
  const seen = ticks.slice(from + 1);
  expect(new Set(seen.map((tick) => JSON.stringify(tick.prices))).size).toBe(1);
  expect(new Set(seen.map((tick) => tick.timeMs)).size).toBeGreaterThan(1);
  await send({ action: 'resume' });
});

test('only who knows the token controls or listens; the body is bounded and checked', async () => {
  expect((await send({ action: 'pause' }, {})).status).toBe(401);
  expect((await send({ action: 'pause' }, { 'x-ballast-token': `${TOKEN}x` })).status).toBe(401);
  expect((await fetch(`${server.url}/stream`)).status).toBe(401);
  expect((await fetch(`${server.url}/state`)).status).toBe(200);
  expect((await send(' '.repeat(9_000))).status).toBe(413);
  const refused = await send({ action: 'speed', value: 99 });
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { code: 'CONTROL', field: 'value' } });
});

test('the stream carries state and prices', async () => {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/stream`, { headers: { 'x-ballast-token': TOKEN }, signal: abort.signal });
  let text = '';
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (!text.includes('event: market')) text += (await reader?.read())?.value ?? '';
  abort.abort();
  expect(text.startsWith('event: state\ndata: {')).toBe(true);
  const description = await readDescription();
  const line = text.split('\n')[text.split('\n').indexOf('event: market') + 1] ?? '';
  const tick = JSON.parse(line.replace('data: ', '')) as MarketTick;
  expect(Object.keys(tick.prices).sort()).toEqual(
    description.deployment.assets.map(({ symbol }) => idOf(description, symbol)).sort(),
  );
});

test('a price beyond the threshold is written by the keeper, with the staking tokens in the same block', async () => {
  const description = await readDescription();
  await send({ action: 'price', asset: idOf(description, 'WETH'), price: '3400' });
  await vi.waitFor(async () => {
    const answer = Number(await readAnswer(description, 'WETH')) / 1e8;
    expect(Math.abs(answer / 3_400 - 1)).toBeLessThan(0.02);
  }, WAIT);
  const writes = supervisor.readState().keeper.writes;
  const ether = writes.find((write) => write.symbol === 'WETH');
  expect(writes.find((write) => write.symbol === 'wstETH')?.timestampSeconds).toBe(ether?.timestampSeconds);
});

test('a false oracle answer stays until the feed is started again; a false market price is only what the feed says', async () => {
  const description = await readDescription();
  const link = idOf(description, 'LINK');
  expect((await send({ action: 'oracle', asset: link, answer: '-1' })).status).toBe(200);
  expect(await readAnswer(description, 'LINK')).toBe(-1n);
  await send({ action: 'price', asset: link, price: '0' });
  expect(ticks.at(-1)?.prices[link]).toBe('0');
  await send({ action: 'feed', asset: link, stop: true });
  await vi.waitFor(() => expect(ticks.at(-1)?.prices[link]).toBeUndefined(), WAIT);
  expect(await readAnswer(description, 'LINK')).toBe(-1n);
  await send({ action: 'feed', asset: link, stop: false });
  await send({ action: 'feed', asset: link, stop: false, target: 'oracle' });
  await vi.waitFor(async () => expect(await readAnswer(description, 'LINK')).toBeGreaterThan(0n), WAIT);
  await vi.waitFor(() => expect(Number(ticks.at(-1)?.prices[link])).toBeGreaterThan(0), WAIT);
});

test('switched on, the liquidator acts after a shock', async () => {
  await send({ action: 'liquidator', on: true });
  await send({ action: 'speed', value: 60 });
  await send({ action: 'shock', asset: 'all', dropBps: 2_000, overSeconds: 600 });
  await vi.waitFor(() => {
    const venues = supervisor.readState().liquidator.liquidations.map((liquidation) => liquidation.venue);
    expect(new Set(venues)).toEqual(new Set(['aave-v3', 'morpho-blue']));
  }, WAIT);
  await send({ action: 'liquidator', on: false });
  await send({ action: 'speed', value: 1 });
});

test.each(['SIGKILL', 'SIGSTOP'] as const)('a chain that gets %s comes back', async (signal) => {
  const before = await readDescription();
  const restarts = supervisor.readState().chain.restarts;
  const sequence = ticks.at(-1)?.sequence ?? 0;
  process.kill(supervisor.chainPid ?? 0, signal);
  await vi.waitFor(() => {
    const { chain } = supervisor.readState();
    expect([chain.status, chain.restarts]).toEqual(['ready', restarts + 1]);
  }, WAIT);
  const after = await readDescription();
  expect(after.deployment).toEqual(before.deployment);
  expect(after.env).toEqual(before.env);
  expect(after.genesisHash).not.toBe(before.genesisHash);
  expect(ticks.at(-1)?.sequence).toBeGreaterThan(sequence);
  // "Hair above 1" was liquidated by the shock before, or moved since: opened again, it is where it should be.
  expect(await readHealthFactor(after, 13)).toBeCloseTo(1.02, 2);
  // Opened at the market's prices, not at those of the beginning.
  const ether = ticks.at(-1)?.prices[idOf(after, 'WETH')];
  expect(Math.abs(Number(await readAnswer(after, 'WETH')) / 1e8 / Number(ether) - 1)).toBeLessThan(0.02);
});

test('a renewed chain is the same chain: genesis, blocks and positions stay, nothing is opened again', async () => {
  const renewed = new DevnetSupervisor({
    artifacts: await compileContracts(),
    chainPort: 0,
    seed: 1,
    frozen: false,
    report: () => {},
    now: () => Date.now(),
    renewAfterBlocks: 3,
    // Here nothing hangs: a busy machine must not pass for a hung chain.
    probeTimeoutMs: 60_000,
  });
  try {
    renewed.start();
    await renewed.ready;
    await renewed.execute({ action: 'pause' });
    const before = renewed.describe('');
    const pid = renewed.chainPid;
    if (!before) throw new Error('not ready');
    const operator = connect(before);
    const { number } = await operator.client.getBlock();
    const factor = await readHealthFactor(before, 2);
    // Four renewals and more: a chain renewed from a renewed one is the same chain too.
    await vi.waitFor(async () => {
      expect(renewed.chainPid).not.toBe(pid);
      expect((await operator.client.getBlock()).number).toBeGreaterThan(number + 13n);
    }, WAIT);
    expect((await operator.client.getBlock({ blockNumber: 0n })).hash).toBe(before.genesisHash);
    expect(await readHealthFactor(before, 2)).toBeCloseTo(factor, 4);
    expect(renewed.readState().chain).toMatchObject({ status: 'ready', restarts: 0, genesisHash: before.genesisHash });
  } finally {
    await renewed.stop();
  }
});

test('frozen, two starts are the same chain to the last hash', async () => {
  const hashes: unknown[] = [];
  for (let start = 0; start < 2; start++) {
    const frozen = new DevnetSupervisor({
      artifacts: await compileContracts(),
      chainPort: 0,
      seed: start,
      frozen: true,
      report: () => {},
      now: () => Date.now(),
    });
    try {
      frozen.start();
      await frozen.ready;
      const description = frozen.describe('');
      if (!description) throw new Error('not ready');
      const { hash, number, timestamp } = await connect(description).client.getBlock();
      expect(number).toBe(SETUP_BLOCKS + 1n);
      expect(description.env.BALLAST_FIRST_BLOCK).toBe(`${number}`);
      hashes.push([
        hash,
        number,
        timestamp,
        description.genesisHash,
        description.deployment,
        frozen.readState().market,
      ]);
    } finally {
      await frozen.stop();
    }
  }
  expect(hashes[1]).toEqual(hashes[0]);
});
