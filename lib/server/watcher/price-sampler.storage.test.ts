import { expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import type { AssetId, Hash } from '@/lib/domain/asset';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import type { ReadResult } from '@/lib/venues/read-positions';
import { toMarketPrices } from '@/lib/watch/testing';
import { listPrices, recordPrices } from '../storage/price-samples';
import type { Db } from '../storage/schema';
import { describeOnBoth, useStorage } from '../storage/testing/storage-targets';
import { PriceSampler } from './price-sampler';

const eth: AssetId = toReserve(ETH).asset.id;
const { sampleEveryMs, samplesKeptMs, writeSamplesEveryMs, pruneSamplesEveryMs } = policy.triggers;

describeOnBoth('prices are kept', (createDatabase) => {
  const target = useStorage(createDatabase);
  const read = (genesis: string, number: number, timestampSeconds: number, price: string): ReadResult => ({
    identity: { chainId: 1, genesisHash: genesis as Hash },
    block: { number: BigInt(number), hash: `0x${number}`, timestampSeconds },
    owners: [
      {
        owner: toPosition([]).owner,
        positions: [
          toPosition([
            { of: { ...ETH, price }, supply: '1' },
            { of: USDC, debt: '1' },
          ]),
        ],
      },
    ],
    problems: [],
    callCount: 0,
    requestCount: 0,
  });
  const rowsOf = async (genesisHash: string, source: string): Promise<readonly (readonly [number, string])[]> => {
    const range = { genesisHash, asset: eth, source, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: 100 };
    return (await listPrices(target.db, range)).map(({ atMs, price }) => [atMs, price]);
  };

  test('an oracle’s answer when it changes, and else once in a step; what is not valid is none', async () => {
    const sampler = new PriceSampler({ db: target.db, clock: new FakeClock() });
    for (const [number, seconds, price] of [
      [1, 100, '3000'],
      [2, 102, '3000'],
      [3, 104, '2999.5'],
      [4, 106, '3000'],
      [5, 116, '3000'],
      [6, 118, '0'],
    ] as const) {
      sampler.addOracles(read('0xa', number, seconds, price));
    }
    await sampler.flush();
    expect(await rowsOf('0xa', 'oracle')).toEqual([
      [100_000, '3000'],
      [104_000, '2999.5'],
      [106_000, '3000'],
      [116_000, '3000'],
    ]);
    sampler.stop();
  });

  test('the market’s first price of each step, by whichever instance came first', async () => {
    const clock = new FakeClock();
    const samplers = [0, 1].map(() => new PriceSampler({ db: target.db, clock }));
    const from = Math.floor(clock.now() / sampleEveryMs) * sampleEveryMs;
    for (const price of ['3000', '3001', '3002', '3003.25']) {
      for (const sampler of samplers) sampler.addMarket('0xb', [...toMarketPrices({ [eth]: price }).values()]);
      clock.advance(sampleEveryMs / 2);
    }
    for (const sampler of samplers) await sampler.flush();
    expect(await rowsOf('0xb', 'test')).toEqual([
      [from, '3000'],
      [from + sampleEveryMs, '3002'],
    ]);
    for (const sampler of samplers) sampler.stop();
  });

  test('while the database is away they wait, and nobody for them', async () => {
    let isAway = true;
    const db = new Proxy(target.db, {
      get: (real, key) => {
        if (isAway && key === 'insertInto') throw new Error('The database is away.');
        const value = Reflect.get(real, key);
        return typeof value === 'function' ? value.bind(real) : value;
      },
    }) as Db;
    const clock = new FakeClock();
    const sampler = new PriceSampler({ db, clock });
    sampler.addOracles(read('0xc', 1, 100, '3000'));
    await sampler.flush();
    expect(await rowsOf('0xc', 'oracle')).toEqual([]);
    isAway = false;
    clock.advance(writeSamplesEveryMs);
    await sampler.flush();
    expect(await rowsOf('0xc', 'oracle')).toEqual([[100_000, '3000']]);
    sampler.stop();
  });

  test('what is too old is forgotten, from the start and every hour', async () => {
    const clock = new FakeClock();
    const keep = (atMs: number) =>
      recordPrices(target.db, [{ genesisHash: '0xd', asset: eth, source: 'oracle', atMs, price: '1' }]);
    await keep(clock.now() - samplesKeptMs);
    await keep(clock.now() - samplesKeptMs - 1);
    const sampler = new PriceSampler({ db: target.db, clock });
    await expect.poll(() => rowsOf('0xd', 'oracle'), { timeout: 10_000 }).toHaveLength(1);
    clock.advance(pruneSamplesEveryMs);
    await expect.poll(() => rowsOf('0xd', 'oracle'), { timeout: 10_000 }).toHaveLength(0);
    sampler.stop();
  });
});
