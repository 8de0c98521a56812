import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { policy } from '@/lib/config/policy';
import { FakeClock } from '@/lib/feeds/fake-clock';
import type { ChainLog } from '@/lib/feeds/price-feed';
import type { ChainStatus } from '@/lib/feeds/stream-protocol';
import { type ChainHub, startChainHub } from './chain-hub';
import { FakeNode } from './fake-node';
import { createUpstream } from './upstream';

const FEED = `0x${'ab'.repeat(20)}` as const;
const TOPIC = `0x${'cd'.repeat(32)}` as const;
const log = (answer: number) => ({
  address: FEED,
  topics: [TOPIC, `0x${answer.toString(16).padStart(64, '0')}`],
  data: '0x',
});

let node: FakeNode;
let clock: FakeClock;
let hub: ChainHub | undefined;
let seen: ChainStatus[];

beforeEach(async () => {
  node = new FakeNode();
  clock = new FakeClock();
  seen = [];
  await node.start();
});
afterEach(async () => {
  hub?.stop();
  hub = undefined;
  await node.stop();
});

function start(wsUrl: string | undefined = node.wsUrl): ChainHub {
  const upstream = createUpstream({
    url: node.url,
    timeoutMs: policy.chain.requestTimeoutMs,
    maxResponseBytes: 1_000_000,
    clock,
  });
  hub = startChainHub({ chainId: 31_337, stalledAfterMs: 4_000, upstream, wsUrl, clock });
  hub.subscribe((status) => seen.push(status));
  return hub;
}

/** Lets answers in flight arrive while time passes in small steps, at most so much of it; gives the time it took. */
async function until(check: () => boolean, withinMs: number): Promise<number> {
  const startMs = clock.now();
  while (!check()) {
    if (clock.now() - startMs >= withinMs)
      throw new Error(`Not within ${withinMs} ms: ${JSON.stringify(seen.at(-1)?.state)}`);
    clock.advance(50);
    // Several turns of the event loop: enough for an answer over the loopback interface, on a busy machine too.
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return clock.now() - startMs;
}

const isState = (state: ChainStatus['state']) => () => hub?.status().state === state;
const isLiveBySocket = () => hub?.status().state === 'live' && hub.status().transport === 'websocket';

describe('with a socket', () => {
  test('comes up live with identity, and every head is told at once', async () => {
    start();
    await vi.waitFor(() => expect(isLiveBySocket()).toBe(true));
    expect(hub?.status()).toMatchObject({
      identity: { chainId: 31_337, genesisHash: node.hashOf(0) },
      block: { number: 5n, hash: node.hashOf(5), timestampSeconds: 1_005 },
      problem: undefined,
    });
    for (let i = 0; i < 3; i++) {
      node.mine();
      await vi.waitFor(() => expect(hub?.status().block?.number).toBe(BigInt(node.number)));
    }
    expect(seen.at(-1)?.block?.hash).toBe(node.hashOf(node.number));
    expect(node.socketCount).toBe(1);
  });

  test('a lost socket is opened and subscribed again, with what was missed', async () => {
    start();
    const heard: ChainLog[] = [];
    hub?.watchLogs([FEED], TOPIC, (logs) => heard.push(...logs));
    await vi.waitFor(() => expect(isLiveBySocket()).toBe(true));
    await vi.waitFor(() => expect(node.subscribed).toHaveLength(2));
    expect(node.subscribed).toEqual([['newHeads'], ['logs', { address: [FEED], topics: [TOPIC] }]]);
    node.pushLog(log(1));
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    node.pushLog({ ...log(9), removed: true });

    node.acceptSockets = false;
    node.dropSockets();
    await until(() => hub?.status().transport === 'polling', 1_000);
    node.logs = [log(2)];
    node.mine();
    await until(() => hub?.status().block?.number === BigInt(node.number), 2_500);
    expect(hub?.status().state).toBe('live');
    await vi.waitFor(() => expect(heard.at(-1)?.topics).toEqual(log(2).topics));

    node.acceptSockets = true;
    await until(isLiveBySocket, policy.chain.reconnectToMs * 2);
    await vi.waitFor(() => expect(node.subscribed).toHaveLength(4));
    node.pushLog(log(3));
    await vi.waitFor(() => expect(heard.at(-1)?.topics).toEqual(log(3).topics));
    expect(heard.some(({ topics }) => topics[1]?.endsWith('9'))).toBe(false);
    expect(node.socketCount).toBe(1);
  });

  test('a hung node is unreachable well inside 5 s, and live again when it wakes', async () => {
    start();
    await vi.waitFor(() => expect(isLiveBySocket()).toBe(true));
    node.hung = true;
    expect(await until(isState('unreachable'), 4_500)).toBeLessThanOrEqual(4_000);
    expect(hub?.status().problem).toBeDefined();
    node.hung = false;
    node.mine();
    await until(isState('live'), 4_000);
  });

  test('a dead node is unreachable at once; restarted with another genesis it is another chain', async () => {
    start();
    await vi.waitFor(() => expect(isLiveBySocket()).toBe(true));
    const before = hub?.status().identity?.genesisHash;
    await node.stop();
    expect(await until(isState('unreachable'), 4_500)).toBeLessThanOrEqual(1_000);

    node = Object.assign(new FakeNode(), { port: Number(new URL(node.url).port), genesis: 2, number: 50 });
    await node.start();
    await until(isLiveBySocket, 12_000);
    expect(hub?.status().identity?.genesisHash).toBe(node.hashOf(0));
    expect(hub?.status().identity?.genesisHash).not.toBe(before);
    // No status ever showed a block of one chain under the identity of the other: hashes begin with their chain's genesis.
    for (const { identity, block } of seen) {
      if (identity && block) expect(block.hash.slice(0, 34)).toBe(identity.genesisHash.slice(0, 34));
    }
  });

  test('a chain swapped behind an open socket is noticed by its blocks', async () => {
    start();
    await vi.waitFor(() => expect(isLiveBySocket()).toBe(true));
    node.genesis = 3;
    node.mine();
    await until(() => hub?.status().identity?.genesisHash === node.hashOf(0), 1_000);
    await until(() => hub?.status().block?.hash === node.hashOf(node.number), 1_000);
  });

  test('a socket that is open but silent is replaced', async () => {
    start();
    await vi.waitFor(() => expect(isLiveBySocket()).toBe(true));
    node.deafSocket = true;
    const mining = setInterval(() => node.mine(), 5);
    try {
      await until(() => hub?.status().transport === 'polling', 6_000);
      expect(hub?.status().state).toBe('live');
    } finally {
      clearInterval(mining);
    }
  });

  test('a socket that cannot be had: polling', async () => {
    node.acceptSockets = false;
    start();
    await until(isState('live'), 1_000);
    node.mine();
    await until(() => hub?.status().block?.number === 6n, 2_000);
    expect(hub?.status().transport).toBe('polling');
  });
});

test('no new block: stalled; the next one: live', async () => {
  start();
  await vi.waitFor(() => expect(isLiveBySocket()).toBe(true));
  expect(await until(isState('stalled'), 5_000)).toBeLessThanOrEqual(4_300);
  node.mine();
  await until(isState('live'), 1_000);
});

test('the wrong chain id is said and shows nothing; the right one recovers', async () => {
  node.chainId = 1;
  start();
  await until(isState('wrong-chain'), 1_000);
  expect(hub?.status()).toMatchObject({ identity: undefined, block: undefined });
  node.mine();
  await until(() => true, 1);
  expect(hub?.status().block).toBeUndefined();
  node.chainId = 31_337;
  await until(isState('live'), 2_000);
});

test('while polled, a restart between two questions is noticed even when the block number has passed the old one', async () => {
  start('');
  await until(isState('live'), 1_000);
  node.genesis = 4;
  node.number += 100;
  await until(() => hub?.status().identity?.genesisHash === node.hashOf(0), 2_000);
  expect(seen.some(({ transport }) => transport === 'websocket')).toBe(false);
});

test('a stopped hub asks and says nothing more', async () => {
  start();
  await vi.waitFor(() => expect(isLiveBySocket()).toBe(true));
  hub?.stop();
  await vi.waitFor(() => expect(node.socketCount).toBe(0));
  // What was on its way when it was stopped may still arrive.
  let asked = -1;
  while (asked !== node.asked.length) {
    asked = node.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const said = seen.length;
  clock.advance(60_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([node.asked.length, seen.length]).toEqual([asked, said]);
});
