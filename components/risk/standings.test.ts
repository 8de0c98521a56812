import { describe, expect, test, vi } from 'vitest';
import { computeBook } from '@/lib/book/compute-book';
import { toDeskBook } from '@/lib/book/to-desk-book';
import { toStandings } from '@/lib/book/to-standings';
import type { AssetId } from '@/lib/domain/asset';
import type { MarketPrice } from '@/lib/domain/price';
import type { DeskFilter } from '@/lib/risk/exposure/desk-filter';
import { NO_WHAT_IF, type WhatIf } from '@/lib/scenarios/what-if';
import { examplePosition, usdc, wstETH } from '@/lib/venues/morpho-blue/testing';
import { createLocalDesk } from '@/lib/workers/desk/desk-client';
import type { DeskViewRequest } from '@/lib/workers/desk/desk-protocol';
import { VIEW } from './testing';

vi.setConfig({ testTimeout: 60_000 });

/** 20 wstETH at 3,000 and 86 % against 24,000 USDC: 51,600 / 24,000 = 2.15, safe by the contract. Its feeds wrote at second 1,000. */
const position = examplePosition({ collateral: 20n * 10n ** 18n });
const NOW_MS = 5_000_000;
/** Feeds that write within the hour are late a day later. */
const [ON_TIME, LATE] = [1_060, 90_000];

const market = (answer: bigint): ReadonlyMap<AssetId, MarketPrice> =>
  new Map(
    (
      [
        [wstETH.id, answer],
        [usdc.id, 10n ** 8n],
      ] as const
    ).map(([assetId, of]) => [
      assetId,
      { assetId, answer: of, observedAtMs: NOW_MS, receivedAtMs: NOW_MS, source: 'test' },
    ]),
  );
const dollars = (price: bigint) => price * 10n ** 8n;

interface Setting {
  readonly chainTimeSeconds: number;
  readonly marketPrices: ReadonlyMap<AssetId, MarketPrice>;
  readonly whatIf?: WhatIf;
  readonly filter?: DeskFilter;
}

async function look({ chainTimeSeconds, marketPrices, whatIf = NO_WHAT_IF, filter = {} }: Setting) {
  const context = { blind: undefined, chainTimeSeconds, marketPrices, latestWrites: new Map(), nowMs: NOW_MS, whatIf };
  const { rows } = computeBook([position], [], context);
  const desk = await createLocalDesk();
  const book = toDeskBook([position], (address) => address, undefined);
  const { ticket } = await desk.run('open', { kind: 'entries', book });
  const request: DeskViewRequest = {
    ticket,
    whatIf,
    filter,
    dimension: 'asset',
    measure: 'gross',
    lookThrough: true,
    falling: 'all',
    withBadDebt: false,
    sort: VIEW.order,
    rowsKey: undefined,
  };
  const view = await desk.run('view', { ...request, standings: toStandings(rows) });
  return { view, row: view.rows?.[0], onPositions: rows[0], desk, request };
}
const binsOf = (bars: readonly { readonly bin: string; readonly count: number }[]) =>
  bars.filter(({ count }) => count > 0).map(({ bin }) => bin);

describe('a position from a chain is never safer on Risk than on Positions', () => {
  test('while its prices are live, its figures alone decide', async () => {
    const { view, row } = await look({ chainTimeSeconds: ON_TIME, marketPrices: market(dollars(1_300n)) });
    expect(row).toMatchObject({ riskClass: 'safe', riskNote: undefined, healthFactor: 2_150_000_000_000_000_000n });
    expect(view.totals).toMatchObject({ worst: 'safe', liquidatableCount: 0, atMarketCount: 0, unknownCount: 0 });
    expect(binsOf(view.health.bars)).toEqual(['2']);
    expect(view.health.byClassCount).toBe(0);
  });

  test('a late feed with the market below the liquidation price: liquidatable, with the reason, the figure as the contract has it', async () => {
    // 20 · 1,300 · 0.86 = 22,360 against 24,000.
    const { view, row, onPositions } = await look({
      chainTimeSeconds: LATE,
      marketPrices: market(dollars(1_300n)),
      filter: { health: 'liquidatable' },
    });
    expect(onPositions?.riskClass).toBe('liquidatable');
    expect(row).toMatchObject({
      riskClass: 'liquidatable',
      liquidatable: false,
      healthFactor: 2_150_000_000_000_000_000n,
    });
    expect(row?.riskNote).toBe(onPositions?.riskNote);
    expect(row?.riskNote).toMatch(/wstETH.* is late; the class is the worse of oracle and market/);
    expect(view.order).toHaveLength(1);
    expect(view.totals).toMatchObject({ worst: 'liquidatable', liquidatableCount: 1, atMarketCount: 1 });
    expect(binsOf(view.health.bars)).toEqual(['liquidatable']);
    expect(binsOf(view.drops.bars)).toEqual(['liquidatable']);
    expect(view.health.byClassCount).toBe(1);
  });

  test('a late feed without a market price: unknown, in rows, bins and the worst class', async () => {
    const { view, row } = await look({ chainTimeSeconds: LATE, marketPrices: new Map() });
    expect(row).toMatchObject({ riskClass: 'unknown', healthFactor: 2_150_000_000_000_000_000n });
    expect(row?.riskNote).toMatch(/there is no live market price beside it/);
    expect(view.totals).toMatchObject({ worst: 'unknown', unknownCount: 1 });
    expect(binsOf(view.health.bars)).toEqual(['unknown']);
    expect(binsOf(view.drops.bars)).toEqual(['unknown']);
  });

  test('between safe and liquidatable it stands in the bin of its class', async () => {
    // 20 · 1,500 · 0.86 = 25,800 / 24,000 = 1.075 at the market.
    const { view, row } = await look({ chainTimeSeconds: LATE, marketPrices: market(dollars(1_500n)) });
    expect(row?.riskClass).toBe('danger');
    expect(binsOf(view.health.bars)).toEqual(['1']);
  });

  test('under a what-if both prices move: what is said is said of that what-if', async () => {
    const setting = { chainTimeSeconds: LATE, marketPrices: market(dollars(2_000n)) };
    // 34,400 / 24,000 = 1.43 at the market; a third less is 22,933 against 24,000, by the contract 34,400.
    expect((await look(setting)).row?.riskClass).toBe('watch');
    const whatIf = { allBps: -3_334, byFamily: {} };
    const { row, onPositions } = await look({ ...setting, whatIf });
    expect(row).toMatchObject({ riskClass: 'liquidatable', liquidatable: false, affected: true });
    expect(row?.healthFactor).toBe(
      onPositions?.evaluation.healthFactor.known && onPositions.evaluation.healthFactor.value,
    );
  });

  test('of a position that Positions has not said anything of yet nothing is said', async () => {
    const { desk, request } = await look({ chainTimeSeconds: ON_TIME, marketPrices: market(dollars(3_000n)) });
    const view = await desk.run('view', { ...request, standings: {} });
    expect(view.totals.worst).toBe('unknown');
    // Other standings are another evaluation: the rows come anew, also to who has the first.
    const { rowsKey } = await desk.run('view', request);
    expect((await desk.run('view', { ...request, standings: {}, rowsKey })).rows).toHaveLength(1);
  });
});
