// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, within } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { LiveContext } from '@/components/frame/live-context';
import { ViewProvider } from '@/components/frame/view-provider';
import type { ChainConfig } from '@/lib/domain/chain';
import type { MarketPrice } from '@/lib/domain/price';
import type { StreamEvent } from '@/lib/feeds/stream-protocol';
import { createLiveStore } from '@/lib/stores/live-store';
import type { MorphoPosition } from '@/lib/venues/morpho-blue/state';
import { type ExamplePosition, examplePosition, feedSide, usdc, wstETH } from '@/lib/venues/morpho-blue/testing';
import { PositionScreen } from './position-screen';

vi.mock('next/dynamic', () => ({ default: () => () => null }));
vi.mock('next/navigation', () => ({
  useSearchParams: () => new URLSearchParams(),
  useRouter: () => ({ push: () => {} }),
}));
// The screen is shown what was read; nothing is read here.
vi.mock('@/lib/queries/book-query', () => ({
  loadLiveClient: () => new Promise(() => {}),
  bookQueryOptions: () => ({ queryKey: ['book'], queryFn: () => new Promise(() => {}) }),
}));

const NOW_MS = 1_800_000_000_000;
const USD = 10n ** 8n;

interface Scene {
  readonly changes?: Partial<ExamplePosition>;
  readonly chain?: Partial<Extract<StreamEvent, { type: 'state' }>['chain']>;
  readonly market?: bigint | undefined;
  readonly query?: string;
  readonly id?: string;
  readonly positions?: readonly MorphoPosition[];
  readonly unread?: boolean;
}

function show({ changes, chain, market, query = '', id, positions, unread }: Scene = {}) {
  vi.spyOn(Date, 'now').mockReturnValue(NOW_MS);
  const position = examplePosition(changes);
  const config: ChainConfig = {
    chainId: 1,
    name: 'Test chain',
    stalledAfterMs: 4_000,
    multicall3: `0x${'c'.repeat(40)}`,
    morpho: { address: position.market.contract, marketIds: [position.market.id] },
  };
  const priceOf = (assetId: MarketPrice['assetId'], answer: bigint): MarketPrice => ({
    assetId,
    answer,
    observedAtMs: NOW_MS,
    receivedAtMs: NOW_MS,
    source: 'test',
  });
  const status: Extract<StreamEvent, { type: 'state' }> = {
    type: 'state',
    serverTimeMs: NOW_MS,
    chain: {
      state: 'live',
      identity: position.chain,
      block: position.block,
      blockSeenAtMs: NOW_MS,
      transport: 'websocket',
      problem: undefined,
      ...chain,
    },
    market: {
      state: 'live',
      source: 'test',
      lastTickAtMs: NOW_MS,
      latencyMs: 1,
      simulation: undefined,
      problem: undefined,
    },
    prices: market === undefined ? [] : [priceOf(wstETH.id, market), priceOf(usdc.id, USD)],
    rejected: [],
    latestWrites: [],
    writesGenesisHash: undefined,
  };
  const result = {
    identity: position.chain,
    block: position.block,
    owners: [{ owner: position.owner, positions: positions ?? [position] }],
    problems: [],
    callCount: 1,
    requestCount: 1,
  };
  const reading = unread ? undefined : { result, readAtMs: NOW_MS };
  const value = {
    config,
    demoAccounts: [{ address: position.owner, label: 'Loop', kind: 'demo' as const }],
    liveStore: createLiveStore(status),
    readingStore: createStore(() => ({ latest: reading })),
  };
  return render(
    <NuqsTestingAdapter searchParams={query}>
      <QueryClientProvider client={new QueryClient()}>
        <LiveContext value={value}>
          <ViewProvider>
            <PositionScreen idText={id ?? position.id} first={reading} />
          </ViewProvider>
        </LiveContext>
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
}

const panel = (title: string | RegExp) => {
  const section = screen.getByRole('heading', { level: 2, name: title }).closest('section');
  if (!section) throw new Error('no such panel');
  return within(section);
};
const strip = () => document.querySelector('dl')?.textContent ?? '';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('one position', () => {
  test('live: the figures that decide, each asset alone and all together', () => {
    show({ market: 3_000n * USD });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Loop · Morpho Blue wstETH/USDC · 86 %');
    expect(screen.getByText('danger')).toBeDefined();
    // 10 · 3,000 · 0.86 / 24,000; 24,000 / 30,000; 24,000 / 8.6.
    for (const text of ['1.0750', '80.0 %', '125.0 %', 'wstETH liquidates at$2,791', '−6.9 %, others held']) {
      expect(strip().replaceAll('\u00a0', ' ')).toContain(text);
    }
    expect(panel(/Which prices liquidate it/).getAllByRole('listitem')).toHaveLength(3);
    expect(screen.getByRole('heading', { level: 2, name: /At which wstETH price am I liquidated/ })).toBeDefined();
    expect(screen.getByRole('button', { name: /Check on chain/ })).toHaveProperty('disabled', false);
  });

  test('the market past the liquidation price: the next write liquidates, and the figure at market price stands beside', () => {
    show({ market: 2_700n * USD });
    expect(panel(/next oracle write/).getByText('liquidates')).toBeDefined();
    expect(strip()).toContain('0.9675');
  });

  test('a late oracle: the figure stays, says so, with the one at market price beside it; the class is the worse', () => {
    const base = feedSide(wstETH, 3_000n * USD);
    const late = { ...base, price: { ...base.price, updatedAtSeconds: 2_000 - 7_200, heartbeatSeconds: 3_600 } };
    show({ changes: { base: late }, market: 2_700n * USD });
    expect(strip()).toContain('1.0750');
    expect(strip()).toContain('late');
    expect(strip()).toContain('0.9675');
    expect(screen.getAllByText(/liquidatable/).length).toBeGreaterThan(0);
    expect(screen.getByText(/The contract still uses such a price/)).toBeDefined();
  });

  test('a late oracle without a market price: unknown, never safe', () => {
    const base = feedSide(wstETH, 30_000n * USD);
    const late = { ...base, price: { ...base.price, updatedAtSeconds: 2_000 - 7_200, heartbeatSeconds: 3_600 } };
    show({ changes: { base: late, price: 30_000n * 10n ** 24n } });
    expect(screen.queryByText('safe')).toBeNull();
    expect(screen.getAllByText('unknown').length).toBeGreaterThan(0);
  });

  test('an invalid price: dashes with the reason, never a figure', () => {
    show({ changes: { base: feedSide(wstETH, 0n), price: undefined }, market: 3_000n * USD });
    expect(strip()).not.toContain('1.0750');
    expect(strip()).toContain('—');
    expect(screen.queryByText('safe')).toBeNull();
  });

  test('chain away: every figure is unknown with the reason, and nothing can be checked', () => {
    show({ chain: { state: 'unreachable', problem: 'No connection to the node.' }, market: 3_000n * USD });
    expect(screen.getByText('Figures are unknown')).toBeDefined();
    expect(strip()).not.toMatch(/\d\.\d{3}/);
    expect(screen.getByRole('button', { name: /Check on chain/ })).toHaveProperty('disabled', true);
    expect(panel(/At which wstETH price/).getByText(/does not answer/)).toBeDefined();
    // Nothing that was read before is passed off as today's.
    for (const title of [/next oracle write/, /made of/]) {
      const text = panel(title).getByRole('heading').closest('section')?.textContent ?? '';
      expect(text).not.toContain('none due');
      expect(text).not.toMatch(/24,000|1\.43|oracle \d/);
    }
  });

  test('no debt: no price liquidates, and it says so', () => {
    show({ changes: { borrowShares: 0n }, market: 3_000n * USD });
    expect(strip()).toContain('∞');
    expect(screen.getByText('safe')).toBeDefined();
    expect(panel(/At which/).getByText(/without debt no price can liquidate/)).toBeDefined();
  });

  test('liquidatable now: tiles, prices and chart say so and what would cure it, and nothing lies ahead', () => {
    show({ changes: { base: feedSide(wstETH, 2_700n * USD), price: 2_700n * 10n ** 24n }, market: 2_700n * USD });
    const tiles = strip().replaceAll('\u00a0', ' ');
    expect(tiles).toContain('liquidatable now');
    // 24,000 / 8.6 = 2,790.70, 3.4 % above 2,700.
    expect(tiles).toContain('wstETH cures above$2,791liquidatable now · +3.4 %');
    expect(tiles).not.toMatch(/liquidates at|liquidated/);
    expect(panel(/Which prices would cure it/).getAllByRole('listitem')[0]?.textContent).toMatch(/above \$2,791/);
    expect(
      panel(/At which wstETH price/).getByText(/^Liquidatable now\. wstETH above \$2,791 would cure it/),
    ).toBeDefined();
    expect(panel(/next oracle write/).queryByText('liquidates')).toBeNull();
  });

  test('the market price has its own source and age beside the oracle’s', () => {
    show({ market: 3_000n * USD });
    expect(
      panel(/made of/)
        .getAllByText(/^test/)[0]
        ?.textContent?.replaceAll('\u00a0', ' '),
    ).toMatch(/^test \d\.\d s$/);
  });

  test('a what-if underlines what it changes', () => {
    const { container } = show({ market: 3_000n * USD, query: '?shock=eth:-1000' });
    // 10 · 2,700 · 0.86 / 24,000.
    expect(strip()).toContain('0.9675');
    // Nothing of a what-if is said to be so now.
    expect(strip()).toContain('liquidatable, what-if');
    expect(document.body.textContent).not.toMatch(/liquidatable now/i);
    expect(
      panel(/next oracle write/).getAllByText(/^With oracle and market moved by the what-if: liquidatable, and/),
    ).toHaveLength(2);
    expect(container.querySelectorAll('dl .whatif').length).toBeGreaterThanOrEqual(4);
  });

  test('an asset in the link that is not part of the position is said', () => {
    show({ market: 3_000n * USD, query: `?asset=0x${'f'.repeat(40)}` });
    expect(screen.getByText('The link names an asset that is not part of this position')).toBeDefined();
    expect(screen.getByRole('heading', { level: 2, name: /At which wstETH price/ })).toBeDefined();
  });

  test('an asset in the link is the one of the chart', () => {
    show({ market: 3_000n * USD, query: `?asset=${usdc.address}` });
    expect(screen.getByRole('heading', { level: 2, name: /At which USDC price/ })).toBeDefined();
  });

  test('links that lead nowhere say why, and lead on', () => {
    show({ id: 'nonsense' });
    expect(screen.getByText('This link leads to no position')).toBeDefined();
    expect(screen.getByRole('link', { name: 'All positions' })).toBeDefined();
    cleanup();
    show({ positions: [] });
    expect(screen.getByText('This address has no positions')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Watch an address' })).toBeDefined();
  });

  test('not read yet: the page keeps its layout and shows no figure', () => {
    const { container } = show({ unread: true });
    expect(container.querySelector('[aria-busy="true"]')).not.toBeNull();
    expect(container.textContent).not.toMatch(/\d/);
  });
});
