// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { LinkFaults } from '@/components/frame/link-faults';
import { LiveContext } from '@/components/frame/live-context';
import { ViewProvider } from '@/components/frame/view-provider';
import { WhatIfBand } from '@/components/frame/what-if-band';
import type { Address } from '@/lib/domain/asset';
import type { ChainConfig } from '@/lib/domain/chain';
import type { StreamEvent } from '@/lib/feeds/stream-protocol';
import { createLiveStore } from '@/lib/stores/live-store';
import { type ExamplePosition, examplePosition, feedSide, usdc, wstETH } from '@/lib/venues/morpho-blue/testing';
import { PositionsScreen } from './positions-screen';

const pushed: string[] = [];
const link = vi.hoisted(() => ({ search: '' }));
vi.mock('next/navigation', () => ({
  usePathname: () => '/',
  useSearchParams: () => new URLSearchParams(link.search),
  useRouter: () => ({ push: (path: string) => pushed.push(path) }),
}));
// The screen is shown what was read; nothing is read here.
vi.mock('@/lib/queries/book-query', () => ({
  bookQueryOptions: () => ({ queryKey: ['book'], queryFn: () => new Promise(() => {}) }),
}));

const NOW_MS = 1_800_000_000_000;
const USD = 10n ** 8n;
const A: Address = `0x${'a'.repeat(40)}`;
const B: Address = `0x${'b'.repeat(40)}`;

interface Scene {
  readonly examples?: readonly Partial<ExamplePosition>[];
  readonly chain?: Partial<Extract<StreamEvent, { type: 'state' }>['chain']>;
  readonly market?: bigint;
  readonly query?: string;
  readonly unread?: boolean;
  readonly problem?: string;
  readonly liquidatedAtSeconds?: number;
  readonly venueProblems?: readonly string[];
  readonly onUrl?: (query: string) => void;
}

/** The demo owner has the examples, in order; the owner B was read and has nothing. */
function show({
  examples = [{}],
  chain,
  market = 3_000n * USD,
  query = '',
  unread,
  problem,
  liquidatedAtSeconds,
  venueProblems = [],
  onUrl,
}: Scene = {}) {
  vi.spyOn(Date, 'now').mockReturnValue(NOW_MS);
  const positions = examples.map((changes, index) => ({
    ...examplePosition(changes),
    id: `morpho-blue~1~${index}~${A}`,
    owner: A,
  }));
  const { chain: identity, block } = examplePosition();
  const config: ChainConfig = { chainId: 1, name: 'Test chain', multicall3: B, stalledAfterMs: 4_000 };
  const price = (assetId: typeof usdc.id, answer: bigint) => ({
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
      identity,
      block,
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
      simulation:
        liquidatedAtSeconds === undefined
          ? undefined
          : {
              seed: 1,
              speed: 1,
              paused: false,
              liquidatorOn: true,
              liquidations: [
                {
                  account: A,
                  debtAsset: usdc.address,
                  repaid: 1n,
                  collateralAsset: wstETH.address,
                  seized: 1n,
                  timestampSeconds: liquidatedAtSeconds,
                },
              ],
            },
      problem: undefined,
    },
    prices: [price(wstETH.id, market), price(usdc.id, USD)],
    rejected: [],
    latestWrites: [],
    writesGenesisHash: undefined,
  };
  const owners = [
    { owner: A, positions, ...(problem ? { problem } : {}) },
    { owner: B, positions: [] },
  ];
  const result = { identity, block, owners, problems: venueProblems, callCount: 1, requestCount: 1 };
  const reading = unread ? undefined : { result, readAtMs: NOW_MS };
  const value = {
    config,
    demoAccounts: [{ address: A, label: 'Loop', kind: 'demo' as const }],
    liveStore: createLiveStore(status),
    readingStore: createStore(() => ({ latest: reading })),
  };
  link.search = query;
  return render(
    <NuqsTestingAdapter searchParams={query} hasMemory onUrlUpdate={({ queryString }) => onUrl?.(queryString)}>
      <QueryClientProvider client={new QueryClient()}>
        <LiveContext value={value}>
          <ViewProvider>
            <WhatIfBand />
            <LinkFaults />
            <PositionsScreen first={reading} />
          </ViewProvider>
        </LiveContext>
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
}

const table = () => within(screen.getByRole('table'));
const bodyRows = () => [...document.querySelectorAll<HTMLElement>('tr[data-position]')];
const rowText = (index: number) => (bodyRows()[index]?.textContent ?? '').replaceAll('\u00a0', ' ');
const shares = (usdcAmount: bigint) => usdcAmount * 10n ** 12n;

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  pushed.length = 0;
});

describe('positions', () => {
  test('a row says what the contract says: LTV 24,000 / 30,000 of 86 %, health factor 1.075, $2,791 at −6.9 %', () => {
    show();
    // 24,000/8.6 = 2,790.697…, −6.976… %: the price up, the distance never longer than it is.
    for (const text of ['Loop', '80.0 %', '86.0 %', '1.0750', '125.0 %', '$2,791', '−6.9 %', 'danger']) {
      expect(rowText(0)).toContain(text);
    }
    expect(rowText(0)).not.toContain('market');
  });

  test('the health factor at market price stands beside, where it differs', () => {
    show({ market: 2_900n * USD });
    // 10 · 2,900 · 0.86 / 24,000
    expect(rowText(0)).toContain('market 1.039');
  });

  test('most urgent first; a head sorts, says so, and the link keeps it', async () => {
    const urls: string[] = [];
    show({
      examples: [{ borrowShares: shares(12_000n) }, {}, { borrowShares: 0n }],
      onUrl: (query) => urls.push(query),
    });
    expect([0, 1, 2].map((index) => rowText(index).match(/1\.0750|2\.150|∞/)?.[0])).toEqual(['1.0750', '2.150', '∞']);
    const head = table().getByRole('columnheader', { name: /Health factor/ });
    expect(head.getAttribute('aria-sort')).toBe('ascending');
    fireEvent.click(within(head).getByRole('button'));
    expect(rowText(0)).toContain('∞');
    expect(
      table()
        .getByRole('columnheader', { name: /Health factor/ })
        .getAttribute('aria-sort'),
    ).toBe('descending');
    await vi.waitFor(() => expect(urls.at(-1)).toContain('sort=health-factor.desc'));
  });

  test('Tab reaches one row; arrow keys move among them; the link opens it', () => {
    show({ examples: [{}, { borrowShares: shares(12_000n) }] });
    const links = bodyRows().map((row) => within(row).getByRole('link'));
    expect(links.map((link) => link.tabIndex)).toEqual([0, -1]);
    links[0]?.focus();
    fireEvent.keyDown(links[0] as HTMLElement, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(links[1]);
    expect(links.map((link) => link.tabIndex)).toEqual([-1, 0]);
    expect(links[1]?.getAttribute('href')).toBe(`/positions/morpho-blue~1~1~${A}`);
    fireEvent.click(bodyRows()[0]?.querySelector('td') as HTMLElement);
    expect(pushed).toEqual([`/positions/morpho-blue~1~0~${A}`]);
  });

  test('what-if: the figures follow, the band says so, affected figures are marked', () => {
    show({ query: '?shock=eth:-1000' });
    // 10 · 2,700 · 0.86 / 24,000
    expect(rowText(0)).toContain('0.9675');
    expect(rowText(0)).toContain('liquidatable');
    expect(screen.getByText(/Underlined figures are computed with it/)).toBeDefined();
    expect(bodyRows()[0]?.querySelector('.whatif')).not.toBeNull();
    fireEvent.click(screen.getAllByRole('button', { name: /^Reset/ })[0] as HTMLElement);
    expect(rowText(0)).toContain('1.0750');
    expect(document.querySelector('.whatif')).toBeNull();
  });

  test('a what-if in a link that cannot be read, or moves nothing here, is not taken without a word', () => {
    show({ query: '?shock=eth:-10%25' });
    expect(screen.getByRole('alert').textContent).toContain('cannot be read (“eth:-10%”): figures are today’s');
    expect(rowText(0)).toContain('1.0750');
    cleanup();
    show({ query: '?shock=btc:-2000' });
    expect(screen.getByRole('region', { name: 'What if' }).textContent).toContain('nothing here moves with BTC');
    cleanup();
    show({ query: '?shock=eth:-1000' });
    expect(screen.getByRole('region', { name: 'What if' }).textContent).not.toContain('nothing here');
  });

  test('the nearest price says that it is one asset alone, and the band names assets as they are', () => {
    show({ query: '?shock=eth:-150,xaut:-150' });
    const nearest = bodyRows()[0]?.querySelector('[data-column="nearest"] [title]')?.getAttribute('title') ?? '';
    expect(nearest).toMatch(/wstETH alone falls to here, every other price held\.\nAll collateral together: −/);
    expect(screen.getByText(/ETH −1\.5 %, XAUt −1\.5 %/)).toBeDefined();
    // Neither a slider nor its hover rounds it to −2 %.
    const bar = within(screen.getByRole('region', { name: 'What if' }));
    expect(bar.getAllByText('−1.5 %').length).toBeGreaterThan(0);
    expect(bar.getAllByTitle('Moves wstETH').length).toBeGreaterThan(0);
  });

  test('a filter without a match offers the way back', () => {
    show({ query: '?filter=btc' });
    expect(screen.queryByRole('table')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }));
    expect(bodyRows()).toHaveLength(1);
  });

  test('columns and groups come from the link', () => {
    show({ query: '?columns=venue,owner,risk&group=venue' });
    expect(
      table()
        .getAllByRole('columnheader')
        .map((head) => head.textContent),
    ).toEqual(['Venue', 'Owner', 'Risk']);
    expect(table().getByRole('rowheader', { name: /Morpho Blue/ })).toBeDefined();
  });
});

describe('when things go wrong no figure is shown', () => {
  test.each([
    ['stalled', /no new block/],
    ['unreachable', /does not answer/],
    ['wrong-chain', /Another chain answers/],
  ] as const)('chain %s', (state, reason) => {
    show({ chain: { state } });
    expect(screen.getByText('Figures are unknown')).toBeDefined();
    expect(screen.getAllByText(reason).length).toBeGreaterThan(0);
    expect(rowText(0)).toContain('unknown');
    expect(document.body.textContent).not.toMatch(/1\.0750|safe|\$2,791/);
  });

  test('a position without debt is not said to owe nothing while nothing can be known', () => {
    show({ examples: [{ borrowShares: 0n }], chain: { state: 'unreachable' } });
    const debt = bodyRows()[0]?.querySelector('[data-column="debt"]')?.textContent ?? '';
    expect(debt).toContain('unknown');
    expect(debt).not.toContain('none');
    cleanup();
    show({ examples: [{ borrowShares: 0n }] });
    expect(bodyRows()[0]?.querySelector('[data-column="debt"]')?.textContent).toBe('none');
  });

  test('a restarted chain shows nothing of the one before', () => {
    show({ chain: { identity: { chainId: 1, genesisHash: `0x${'7'.repeat(64)}` } } });
    expect(rowText(0)).toContain('unknown');
  });

  test('a price that cannot be used blinds the one position and says why', () => {
    show({ examples: [{ base: feedSide(wstETH, -1n), price: undefined }, {}] });
    const broken = bodyRows().findIndex((row) => row.textContent?.includes('unknown'));
    expect(broken).toBe(1);
    expect(rowText(0)).toContain('1.0750');
  });

  test('not read yet: the place is held, nothing is claimed', () => {
    show({ unread: true });
    expect(screen.queryByRole('table')).toBeNull();
    expect(screen.queryByText(/has no positions/)).toBeNull();
    expect(document.querySelector('dl')?.textContent).not.toMatch(/\d/);
  });
});

describe('whose positions', () => {
  test('an address without positions says so, and the way on', () => {
    show({ query: `?watch=${B}` });
    expect(screen.getByText(/has no positions/)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Show the demo accounts' })).toBeDefined();
  });

  test('what is no address is named and can be left out', () => {
    show({ query: `?watch=0x123,${A}` });
    expect(screen.getByText(/"0x123" is not an address/)).toBeDefined();
    expect(bodyRows()).toHaveLength(1);
    fireEvent.click(screen.getByRole('button', { name: 'Leave it out' }));
    expect(screen.queryByText(/0x123/)).toBeNull();
    cleanup();
    // A wrong capital: it would be another address, or nobody's.
    show({ query: `?watch=0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed,${A}` });
    expect(screen.getByText(/does not match its own checksum/)).toBeDefined();
    expect(bodyRows()).toHaveLength(1);
  });

  test('an owner that could not be read in full is named', () => {
    show({ problem: 'position of 0x12 reverted' });
    expect(screen.getByText('Not all of Loop could be read')).toBeDefined();
  });

  test('of an account of which nothing could be read it is not said that it has none, and no total is nought', () => {
    show({ examples: [], problem: 'The account could not be read.' });
    expect(screen.getByText('Not all of Loop could be read')).toBeDefined();
    expect(screen.queryByText(/has no positions/)).toBeNull();
    expect(screen.queryByText('$0.00')).toBeNull();
  });

  test('who was liquidated on this chain is marked so, however safe what is left looks', () => {
    show({ examples: [{ borrowShares: 0n }], liquidatedAtSeconds: NOW_MS / 1_000 - 60 });
    expect(screen.getAllByText('safe').length).toBeGreaterThan(0);
    expect(screen.getAllByText(/liquidated/).length).toBeGreaterThan(0);
    cleanup();
    show({ examples: [{ borrowShares: 0n }] });
    expect(screen.queryByText(/liquidated/)).toBeNull();
  });

  test('what nobody’s positions can be read of is said once, and nobody is said to have none', () => {
    show({ query: `?accounts=all&watch=${B}`, venueProblems: ['Morpho Blue knows no market 0x12.'] });
    expect(screen.getAllByText('Not every venue or market could be read')).toHaveLength(1);
    expect(screen.getByText('Morpho Blue knows no market 0x12.')).toBeDefined();
    expect(screen.queryByText(/^No positions:/)).toBeNull();
    cleanup();
    show({ query: `?watch=${B}`, venueProblems: ['Morpho Blue knows no market 0x12.'] });
    expect(screen.queryByText(/has no positions/)).toBeNull();
    expect(screen.getByText('No positions in what could be read')).toBeDefined();
  });
});
