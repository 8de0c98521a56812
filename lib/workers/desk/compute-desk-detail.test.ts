import { describe, expect, test, vi } from 'vitest';
import { NO_WHAT_IF, type WhatIf } from '@/lib/scenarios/what-if';
import { formatRational } from '@/lib/units/format-rational';
import { createDeskClient, createLocalDesk } from './desk-client';
import type { DeskSource } from './desk-protocol';
import { createLine } from './testing';

vi.setConfig({ testTimeout: 60_000 });

const SOURCE: DeskSource = {
  kind: 'file',
  goodRowsOnly: false,
  text: JSON.stringify({
    version: 1,
    prices: { wstETH: '3600', USDC: '1', WBTC: '90000' },
    positions: [
      {
        id: 'one',
        venue: 'morpho-blue',
        owner: 'Ann',
        terms: { lltv: '0.86' },
        collateral: [{ asset: 'wstETH', amount: '10' }],
        debt: [{ asset: 'USDC', amount: '9000', borrowRate: '0.04' }],
      },
      {
        id: 'two',
        venue: 'morpho-blue',
        terms: { lltv: '0.86' },
        collateral: [{ asset: 'WBTC', amount: '1' }],
        debt: [],
      },
    ],
  }),
};

const ask = async (id: string, whatIf: WhatIf = NO_WHAT_IF) => {
  const desk = await createLocalDesk();
  const { ticket } = await desk.run('open', SOURCE);
  return desk.run('detail', { ticket, whatIf, id });
};

describe('the details of a position', () => {
  test('its legs, its health and its liquidation prices', async () => {
    const detail = await ask('one');
    expect(detail?.row).toMatchObject({ id: 'one', venue: 'Morpho Blue', owner: 'Ann', affected: false });
    expect(detail?.legs).toMatchObject([
      { side: 'collateral', name: 'wstETH', value: 36_000n * 10n ** 18n, enabled: true },
      { side: 'debt', name: 'USDC', value: 9_000n * 10n ** 18n },
    ]);
    const { evaluation, alone, together } = detail?.figures ?? {};
    // 36,000 · 0.86 / 9,000 = 3.44.
    expect(formatRational(evaluation?.healthFactor ?? { numerator: 0n, denominator: 1n }, 'down')).toBe('3.44');
    const eth = alone?.find(({ name }) => name === 'wstETH');
    // 9,000 / (10 · 0.86) = 1,046.5116…; over 3,600 that is 0.290697…, a fall of 70.93 %.
    expect(eth?.price.exists && formatRational(eth.price.price, 'up').slice(0, 9)).toBe('1046.5116');
    expect(eth?.change && formatRational(eth.change, 'down').slice(0, 8)).toBe('-0.70930');
    // USDC alone: 30,960 / 9,000 = 3.44, a rise of 244 %.
    const usdc = alone?.find(({ name }) => name === 'USDC');
    expect(usdc?.price).toMatchObject({ exists: true, direction: 'above' });
    expect(usdc?.change && formatRational(usdc.change, 'down')).toBe('2.44');
    expect(together?.exists && formatRational(together.drop, 'down').slice(0, 7)).toBe('0.70930');
  });

  test('stand at the prices of the what-if, and say so where it moves them', async () => {
    const shocked = await ask('one', { allBps: -1_000, byFamily: {} });
    expect(shocked?.row.affected).toBe(true);
    // 36,000 · 0.9.
    expect(shocked?.legs[0]?.value).toBe(32_400n * 10n ** 18n);
    const other = await ask('two', { allBps: 0, byFamily: { eth: -1_000 } });
    expect(other?.row.affected).toBe(false);
    // −50 % on all and +100 % on BTC undo each other: the price is today's.
    const undone = await ask('two', { allBps: -5_000, byFamily: { btc: 10_000 } });
    expect(undone?.row.affected).toBe(false);
    expect(undone?.legs[0]?.value).toBe(90_000n * 10n ** 18n);
  });

  test('of what cannot be priced: what is known of its legs, no health and no liquidation price, and why', async () => {
    const desk = await createLocalDesk();
    const opened = await desk.run('open', SOURCE);
    expect(opened.count).toBe(2);
    const { ticket } = await desk.run('open', {
      kind: 'entries',
      book: {
        symbols: new Map(),
        entries: [
          {
            id: 'gone',
            venue: 'aave-v3',
            owner: undefined,
            counterparty: undefined,
            position: undefined,
            prices: new Map(),
            problem: 'The oracle gave no price.',
          },
        ],
      },
    });
    const detail = await desk.run('detail', { ticket, whatIf: NO_WHAT_IF, id: 'gone' });
    expect(detail).toMatchObject({ legs: [], figures: undefined });
    expect(detail?.row).toMatchObject({ riskClass: 'unknown', reason: 'The oracle gave no price.' });
    // Of the book before nothing is told.
    await expect(desk.run('detail', { ticket: 1, whatIf: NO_WHAT_IF, id: 'one' })).rejects.toMatchObject({
      code: 'BOOK_CHANGED',
    });
  });

  test('of a name that no position has: none', async () => {
    expect(await ask('three')).toBeUndefined();
  });

  test('come from a worker as from this thread', async () => {
    const remote = await createDeskClient(createLine);
    const { ticket } = await remote.run('open', SOURCE);
    expect(await remote.run('detail', { ticket, whatIf: NO_WHAT_IF, id: 'one' })).toEqual(await ask('one'));
  });
});
