import { describe, expect, test, vi } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { parseBookCsv, parseBookJson } from '@/lib/interchange/parse-book';
import { FALLS_BPS } from '@/lib/risk/exposure/falls';
import { FINE_DECIMALS } from '@/lib/risk/exposure/fine-value';
import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import { formatDecimal } from '@/lib/units/decimal';
import { rational } from '@/lib/units/rational';
import { createDeskClient, createLocalDesk } from './desk-client';
import type { DeskFile, DeskSource, DeskViewRequest } from './desk-protocol';
import { createLine } from './testing';

// Ten venues' rules load and run: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const REQUEST: DeskViewRequest = {
  ticket: 1,
  whatIf: NO_WHAT_IF,
  filter: {},
  dimension: 'asset',
  measure: 'gross',
  lookThrough: true,
  falling: 'all',
  withBadDebt: true,
  sort: { column: 'health', descending: false },
  rowsKey: undefined,
};
const COUNT = 60;
const MOCK: DeskSource = { kind: 'mock', seed: 3, count: COUNT };
const text = (value: bigint | undefined) => value && formatDecimal(value, FINE_DECIMALS);

const open = async (source: DeskSource) => {
  const desk = await createLocalDesk();
  return { desk, opened: await desk.run('open', source) };
};

test('in a worker and on this thread the figures are the same', async () => {
  const remote = await createDeskClient(createLine);
  expect(remote.isLocal).toBe(false);
  const local = await createLocalDesk();
  const requests: DeskViewRequest[] = [
    REQUEST,
    {
      ...REQUEST,
      dimension: 'owner',
      measure: 'net',
      lookThrough: false,
      falling: 'eth',
      filter: { venue: 'aave-v3' },
    },
    { ...REQUEST, whatIf: { allBps: -1_000, byFamily: { eth: -2_000 } }, filter: { health: 'liquidatable' } },
    { ...REQUEST, filter: { fall: { falling: 'btc', fromBps: 1_000, toBps: 4_000 } } },
  ];
  expect(await remote.run('open', MOCK)).toEqual(await local.run('open', MOCK));
  for (const request of requests) {
    const [there, here] = [await remote.run('view', request), await local.run('view', request)];
    expect(there).toEqual(here);
    expect(there.order.length).toBeGreaterThan(0);
    const save = { format: 'json', view: request } as const;
    expect(await remote.run('save', save)).toEqual(await local.run('save', save));
  }
});

describe('what the screen shows', () => {
  test('table and totals answer to the whole filter, a chart not to its own part of it', async () => {
    const { desk } = await open(MOCK);
    const all = await desk.run('view', REQUEST);
    expect(all.order).toHaveLength(COUNT);
    const venue = { ...REQUEST, dimension: 'venue', filter: { venue: 'aave-v3' } } as const;
    const chosen = await desk.run('view', venue);
    const whole = await desk.run('view', { ...venue, filter: {} });
    expect(chosen.exposures).toEqual(whole.exposures);
    const bar = whole.exposures.bars.find(({ key }) => key === 'aave-v3');
    expect(bar?.label).toBe('Aave v3');
    expect(chosen.order).toHaveLength(bar?.count ?? -1);
    expect(chosen.totals.held + chosen.totals.owed).toBe(bar?.gross);
    const inBins = chosen.health.bars.reduce((sum, { count }) => sum + count, 0);
    expect(inBins).toBe(chosen.order.length);
    for (const { bin, count } of chosen.health.bars) {
      const behind = await desk.run('view', { ...venue, filter: { ...venue.filter, health: bin } });
      expect(behind.order, bin).toHaveLength(count);
    }
  });

  test('comes without bad debt until it is asked for, and rows only where they changed', async () => {
    const { desk } = await open(MOCK);
    const first = await desk.run('view', { ...REQUEST, withBadDebt: false });
    expect(first.curve.points.every(({ badDebt }) => badDebt === undefined)).toBe(true);
    const second = await desk.run('view', { ...REQUEST, rowsKey: first.rowsKey });
    expect(second.rows).toBeUndefined();
    expect(second.curve.points).toHaveLength(FALLS_BPS.length);
    expect(second.curve.points.every(({ badDebt }) => badDebt !== undefined)).toBe(true);
    const other = await desk.run('view', {
      ...REQUEST,
      whatIf: { allBps: -500, byFamily: {} },
      rowsKey: first.rowsKey,
    });
    expect(other.rows).toHaveLength(COUNT);
  });

  test('sorts: health factors from the lowest, those without debt behind, unknown ones last either way', async () => {
    const { desk } = await open(MOCK);
    const { rows, order } = await desk.run('view', REQUEST);
    const factors = [...order].map((index) => rows?.[index]?.healthFactor);
    const known = factors.filter((factor) => typeof factor === 'bigint');
    expect(known).toEqual([...known].sort((a, b) => (a < b ? -1 : 1)));
    expect(factors.at(-1)).toBeNull();
    const down = await desk.run('view', { ...REQUEST, sort: { column: 'health', descending: true } });
    expect(rows?.[down.order[0] ?? -1]?.healthFactor).toBeNull();
  });

  test('under a what-if prices move, dollars only by name', async () => {
    const source = {
      kind: 'file',
      goodRowsOnly: false,
      text: JSON.stringify({
        version: 1,
        prices: { wstETH: '3000', USDC: '1' },
        positions: [
          {
            id: 'p',
            venue: 'morpho-blue',
            terms: { lltv: '0.86' },
            collateral: [{ asset: 'wstETH', amount: '10' }],
            debt: [{ asset: 'USDC', amount: '9000' }],
          },
        ],
      }),
    } as const;
    const { desk } = await open(source);
    const at = async (whatIf: DeskViewRequest['whatIf']) => {
      const { totals } = await desk.run('view', { ...REQUEST, whatIf });
      return [text(totals.held), text(totals.owed)];
    };
    expect(await at(NO_WHAT_IF)).toEqual(['30000', '9000']);
    // 0.9 · 0.8 of 30,000.
    expect(await at({ allBps: -1_000, byFamily: { eth: -2_000 } })).toEqual(['21600', '9000']);
    expect(await at({ allBps: 0, byFamily: { usdc: -1_000 } })).toEqual(['30000', '8100']);
  });

  test('of a book with an unknown position is never safe as a whole, and every part says so', async () => {
    const entry = (id: string, prices: ReadonlyMap<string, ReturnType<typeof rational>>) => ({
      id,
      venue: 'morpho-blue',
      owner: undefined,
      counterparty: undefined,
      prices,
      problem: undefined,
      position: {
        id,
        venue: 'morpho-blue',
        owner: undefined,
        counterparty: undefined,
        collateral: [{ asset: 'E', amount: rational(1n), enabled: true, parameters: {}, borrowRate: undefined }],
        debt: [],
        terms: { lltv: rational(86n, 100n) },
      },
    });
    const priced = entry('a', new Map([['E', rational(5n)]]));
    const { desk } = await open({
      kind: 'entries',
      book: { entries: [priced, entry('b', new Map())], symbols: new Map([['E', 'ETH']]) },
    });
    const view = await desk.run('view', REQUEST);
    expect(view.totals.worst).toBe('unknown');
    for (const { coverage } of [view.totals, view.exposures, view.health, view.drops, view.curve]) {
      expect(coverage).toMatchObject({ pricedCount: 1, unpricedCount: 1 });
    }
    expect(view.exposures.bars).toMatchObject([{ key: 'eth', label: 'ETH', count: 2, unpricedCount: 1 }]);
    expect(view.curve.unpricedCount).toBe(1);
    const { order, rows } = await desk.run('view', { ...REQUEST, filter: { health: 'unknown' } });
    expect([...order].map((index) => rows?.[index]?.id)).toEqual(['b']);
  });
});

describe('files', () => {
  const HEAD = 'position_id,venue,side,asset,amount,price,terms';
  const row = (id: string, amount: string) => `${id},morpho-blue,collateral,eth,${amount},3000,"{""lltv"":""0.86""}"`;
  const bad = [HEAD, row('a', '1'), row('b', 'one')].join('\n');

  test('a bad one is refused with line and column, and the open book stays', async () => {
    for (const desk of [await createLocalDesk(), await createDeskClient(createLine)]) {
      await desk.run('open', MOCK);
      const refused = desk.run('open', { kind: 'file', text: bad, goodRowsOnly: false });
      await expect(refused).rejects.toBeInstanceOf(InvalidInputError);
      await expect(refused).rejects.toMatchObject({ code: 'BOOK' });
      await expect(refused).rejects.toThrow(/line 3, column amount/);
      expect((await desk.run('view', REQUEST)).order).toHaveLength(COUNT);
    }
  });

  test('is checked without being opened, and figures of a book that is no longer open are refused', async () => {
    const { desk } = await open(MOCK);
    const checked = await desk.run('check', { kind: 'file', text: bad, goodRowsOnly: true });
    expect(checked).toMatchObject({ count: 1, leftOut: [{ id: 'b' }] });
    expect((await desk.run('view', REQUEST)).order).toHaveLength(COUNT);
    await desk.run('open', { ...MOCK, count: 2 });
    await expect(desk.run('view', REQUEST)).rejects.toMatchObject({ code: 'BOOK_CHANGED' });
    expect((await desk.run('view', { ...REQUEST, ticket: 2 })).order).toHaveLength(2);
  });

  test('of a CSV the good rows are taken where asked', async () => {
    const { opened } = await open({ kind: 'file', text: bad, goodRowsOnly: true });
    expect(opened).toMatchObject({ count: 1, leftOut: [{ id: 'b' }] });
  });

  test('what is saved is what is in view, in both formats', async () => {
    const { desk } = await open(MOCK);
    const view = { ...REQUEST, filter: { venue: 'compound-v3' } };
    const { order } = await desk.run('view', view);
    const save = (format: 'json' | 'csv'): Promise<DeskFile> => desk.run('save', { format, view });
    const [json, csv] = [await save('json'), await save('csv')];
    const read = [parseBookJson(json.text), parseBookCsv(csv.text)];
    for (const { positions } of read) {
      expect(positions).toHaveLength(order.length);
      expect(positions.every(({ venue }) => venue === 'compound-v3')).toBe(true);
    }
    expect(json.count).toBe(order.length);
  });
});

describe('the line to the worker', () => {
  test('a job that is given up ends, and the next one is done', async () => {
    for (const desk of [await createLocalDesk(), await createDeskClient(createLine)]) {
      const controller = new AbortController();
      const long = desk.run(
        'open',
        { ...MOCK, count: 1_000_000 },
        {
          signal: controller.signal,
          onProgress: () => controller.abort(new Error('given up')),
        },
      );
      await expect(long).rejects.toThrow('given up');
      expect((await desk.run('open', MOCK)).count).toBe(COUNT);
    }
  });

  test('tells how far a job is', async () => {
    const desk = await createDeskClient(createLine);
    const phases = new Set<string>();
    await desk.run(
      'open',
      { ...MOCK, count: 3_000 },
      {
        onProgress: ({ phase, done, total }) => {
          phases.add(phase);
          expect(done).toBeLessThanOrEqual(total);
        },
      },
    );
    expect([...phases]).toEqual(['Making up the mock book']);
  });
});
