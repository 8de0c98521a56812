import { beforeEach, expect, test } from 'vitest';
import type { Hash } from '@/lib/domain/asset';
import { FakeClock } from '@/lib/feeds/fake-clock';
import type { ChainStatus, MarketFeedStatus } from '@/lib/feeds/stream-protocol';
import type { ReadRequest, ReadResult } from '@/lib/venues/read-positions';
import { createFirstPaintReader } from './first-paint';

const hash = (n: number): Hash => `0x${n.toString(16).padStart(64, '0')}`;
const OWNER = `0x${'11'.repeat(20)}` as const;
const market: MarketFeedStatus = {
  state: 'none',
  source: undefined,
  lastTickAtMs: undefined,
  latencyMs: undefined,
  simulation: undefined,
  problem: undefined,
};
const chainAt = (state: ChainStatus['state'], block = 5, genesis = 1): ChainStatus => ({
  state,
  identity: { chainId: 1, genesisHash: hash(genesis) },
  block: { number: BigInt(block), hash: hash(block), timestampSeconds: 1 },
  blockSeenAtMs: 0,
  transport: 'websocket',
  problem: undefined,
});

let clock: FakeClock;
let chain: ChainStatus;
let notify: () => void;
let asked: ReadRequest[];
let answer: (result: ReadResult) => void;
let fail: (error: Error) => void;
let readFirstPaint: ReturnType<typeof createFirstPaintReader>;

beforeEach(() => {
  clock = new FakeClock();
  chain = chainAt('live');
  asked = [];
  readFirstPaint = createFirstPaintReader({
    clock,
    hub: {
      chain: () => chain,
      state: () => ({
        type: 'state',
        serverTimeMs: clock.now(),
        chain,
        market,
        prices: [],
        rejected: [],
        latestWrites: [],
        writesGenesisHash: undefined,
      }),
      subscribe: (listener) => {
        notify = () => listener(1, { type: 'block', serverTimeMs: 0, chain, writes: [] });
        return () => {};
      },
    },
    positions: {
      read: (request) => {
        asked.push(request);
        return new Promise((resolve, reject) => {
          answer = resolve;
          fail = reject;
        });
      },
    },
  });
});

const result = (genesis = 1): ReadResult => ({
  identity: { chainId: 1, genesisHash: hash(genesis) },
  block: { number: 5n, hash: hash(5), timestampSeconds: 1 },
  owners: [],
  problems: [],
  callCount: 1,
  requestCount: 1,
});
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

test('positions of the newest block, with the time they were read', async () => {
  const page = readFirstPaint([OWNER]);
  await turn();
  expect(asked).toMatchObject([{ identity: chain.identity, block: chain.block, owners: [OWNER] }]);
  clock.advance(100);
  answer(result());
  expect(await page).toMatchObject({ reading: { result: result(), readAtMs: clock.now() }, status: { type: 'state' } });
});

test('a chain that does not answer in time: the page comes without positions', async () => {
  const page = readFirstPaint([OWNER], 700);
  await turn();
  clock.advance(700);
  expect(await page).toMatchObject({ reading: undefined, status: { chain: { state: 'live' } } });
});

test.each(['unreachable', 'stalled', 'wrong-chain'] as const)('a chain that is %s is not asked', async (state) => {
  chain = chainAt(state);
  expect((await readFirstPaint([OWNER])).reading).toBeUndefined();
  expect(asked).toHaveLength(0);
});

test('a chain that is just starting is waited for, within the budget', async () => {
  chain = chainAt('starting');
  const page = readFirstPaint([OWNER]);
  const impatient = readFirstPaint([OWNER], 50);
  await turn();
  clock.advance(50);
  expect((await impatient).reading).toBeUndefined();
  const second = readFirstPaint([OWNER]);
  await turn();
  chain = chainAt('live');
  notify();
  await turn();
  answer(result());
  expect((await second).reading).toBeDefined();
  clock.advance(700);
  await page;
});

test('one read for a block and its owners, another for the next block, none remembered that failed', async () => {
  const pages = [readFirstPaint([OWNER]), readFirstPaint([OWNER])];
  await turn();
  expect(asked).toHaveLength(1);
  fail(new Error('gone'));
  expect((await Promise.all(pages)).map(({ reading }) => reading)).toEqual([undefined, undefined]);

  const again = readFirstPaint([OWNER]);
  await turn();
  expect(asked).toHaveLength(2);
  answer(result());
  await again;
  expect((await readFirstPaint([OWNER])).reading).toBeDefined();
  expect(asked).toHaveLength(2);

  chain = chainAt('live', 6);
  const next = readFirstPaint([OWNER]);
  await turn();
  expect(asked).toHaveLength(3);
  answer(result());
  await next;
});

test('positions of a chain that was replaced while they were read are left out', async () => {
  const page = readFirstPaint([OWNER]);
  await turn();
  chain = chainAt('live', 1, 2);
  answer(result());
  expect((await page).reading).toBeUndefined();
});

test('without owners nothing is asked or waited for', async () => {
  chain = chainAt('starting');
  expect((await readFirstPaint([])).reading).toBeUndefined();
});
