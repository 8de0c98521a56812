// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ChartSync } from '@/components/charts/chart-sync';
import { computePositionRow } from '@/lib/book/compute-position-row';
import { NO_WHAT_IF, type WhatIf } from '@/lib/scenarios/what-if';
import { BTC, ETH, toPosition, USDC } from '@/lib/venues/aave-v3/testing';
import PositionLab from './position-lab';

vi.mock('next/dynamic', () => ({ default: () => () => null }));

// 10 WETH at 3,000 (83 %) and 0.5 WBTC at 60,000 (78 %) against 30,000 USDC: health factor 1.61, and 0.966 where ETH and BTC fall by 40 %.
const position = toPosition([
  { of: ETH, supply: '10' },
  { of: BTC, supply: '0.5' },
  { of: USDC, debt: '30000' },
]);
const FAMILIES = [{ key: 'eth', label: 'ETH', stable: false, symbols: ['WETH'] }];

function show(whatIf: WhatIf, query = '', shown = position): void {
  const row = computePositionRow(
    shown,
    { address: shown.owner, label: 'Test', kind: 'demo' },
    {
      blind: undefined,
      chainTimeSeconds: 100,
      marketPrices: new Map(),
      latestWrites: new Map(),
      nowMs: 0,
      whatIf,
    },
  );
  render(
    <NuqsTestingAdapter searchParams={query}>
      <ChartSync>
        <PositionLab row={row} families={FAMILIES} affected={whatIf !== NO_WHAT_IF} />
      </ChartSync>
    </NuqsTestingAdapter>,
  );
}

const TITLES = {
  frontier: 'At which pairs of prices am I liquidated?',
  outcome: /^What would a liquidation cost/,
  move: 'How far along a move until I am liquidated?',
  remedies: /^What would make it safer/,
  venues: /^The same legs on other venues/,
} as const;

function panel(name: keyof typeof TITLES): HTMLElement {
  const section = screen.getByRole('heading', { level: 2, name: TITLES[name] }).closest('section');
  if (!section) throw new Error('no such panel');
  return section;
}

/** Texts of the panel's figures: those a what-if changed, and the others. */
function figuresOf(name: keyof typeof TITLES) {
  const figures = [...panel(name).querySelectorAll('span.tabular-nums.whitespace-nowrap')];
  const textsOf = (isMarked: boolean) =>
    figures.filter((figure) => figure.classList.contains('whatif') === isMarked).map(({ textContent }) => textContent);
  return { marked: textsOf(true), plain: textsOf(false) };
}

const PANELS = Object.keys(TITLES) as (keyof typeof TITLES)[];
const FALL: WhatIf = { allBps: -4_000, byFamily: {} };

afterEach(cleanup);

describe('the lab under a what-if', () => {
  test('the row’s own point is the what-if’s, not today’s', () => {
    show(FALL);
    expect(panel('frontier').textContent).toContain('Health factor under the what-if 0.966');
    expect(panel('frontier').textContent).not.toContain('today');
    expect(panel('outcome').textContent).toContain('under the what-if');
  });

  test('a moved point leads back to the what-if', () => {
    show(FALL, `?at=${position.holdings[0]?.reserve.asset.address}:2000`);
    expect(screen.getByRole('button', { name: 'Back to the what-if' })).toBeTruthy();
  });

  test.each(PANELS)('every figure of %s is marked', (name) => {
    // Along a move there is an answer only before the position turns.
    show(name === 'move' ? { allBps: -1_000, byFamily: {} } : FALL);
    expect(figuresOf(name).plain).toEqual([]);
    expect(figuresOf(name).marked.length).toBeGreaterThan(0);
  });
});

describe('remedies', () => {
  const reach = (target: string) =>
    fireEvent.change(screen.getByRole('textbox', { name: 'Health factor to reach' }), { target: { value: target } });

  test('what each costs, and of what', () => {
    show(NO_WHAT_IF);
    reach('2');
    // (2·30,000 − 48,300)/2 = 5,850 repaid with cash, or some of the collateral sold for it.
    const texts = within(panel('remedies'))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(texts.find((text) => text?.startsWith('Repay USDCrepay'))).toContain('$5,850cash brought in');
    expect(texts.find((text) => text?.startsWith('Repay USDC with WETH'))).toContain('lost in the swap');
  });

  test('so close to 1 a second of interest is warned of, where there are several steps', () => {
    show(FALL);
    expect(panel('remedies').textContent).not.toContain('the interest of a second');
    reach('1.0009');
    expect(panel('remedies').textContent).toContain('the interest of a second');
    reach('1.001');
    expect(panel('remedies').textContent).not.toContain('the interest of a second');
  });
});

describe('an outcome of several steps', () => {
  test('each says what it leaves, the last one the bad debt; the bonus stands beside the penalty', () => {
    // ETH at 1,200 and BTC at 24,000: 24,000 of collateral against 30,000, so both are seized whole, the first leaves the other.
    show({ allBps: -6_000, byFamily: {} });
    const rows = within(panel('outcome'))
      .getAllByRole('row')
      .map(({ textContent }) => textContent);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toContain('of it feeBonusPenalty');
    expect(rows[2]).toMatch(/^left (10 WETH|0\.5 WBTC) · owed [\d,]+ USDC$/);
    expect(rows[4]).toMatch(/^left no collateral · owed nothing · bad debt \$[\d,]+$/);
  });
});

describe('the same legs on other venues', () => {
  const line = (venue: string) => {
    const found = [...panel('venues').querySelectorAll('tr')].find((row) => row.textContent?.startsWith(venue));
    return found?.textContent ?? '';
  };

  test('where they would be liquidatable it says so, and no price that would be a cure', () => {
    show(NO_WHAT_IF);
    // 30,000 of ether at Maker's 145 % carries 20,689.65… of 30,000.
    expect(line('Maker vaults')).toContain('$20,6890.6896');
    expect(line('Maker vaults')).toMatch(/liquidatable now.*liquidatable now/);
    expect(line('Maker vaults')).toContain('It would owe more than the venue lends');
    expect(line('Aave v3')).not.toContain('liquidatable now');
  });

  test('every asset alone, opened: the price rounded toward today’s', () => {
    show(NO_WHAT_IF);
    // (30,000 − 23,400)/8.3 = 795.18…, −73.49… %; (30,000 − 24,900)/0.39 = 13,076.92…
    expect(line('Aave v3')).toContain('WETH below $795.19 (−73.4');
    expect(line('Aave v3')).toContain('WBTC below $13,077');
    expect(line('Aave v3')).toContain('USDC above $1.6100');
  });

  test('under a what-if nothing is so now', () => {
    show(FALL);
    expect(line('Aave v3')).toContain('liquidatable, what-if');
    expect(panel('venues').textContent).not.toContain('liquidatable now');
  });

  test('what can be redeemed of a healthy trove, and that the debt in front of it is not known', () => {
    show(NO_WHAT_IF);
    expect(line('Liquity v2')).toContain('debt in front of it: — not known here');
  });
});

describe('assets it does not have', () => {
  const LINK = { ...ETH, symbol: 'LINK', id: 7, price: '15' };
  const inMarket = { ...position, market: toPosition([{ of: LINK }]).holdings.map(({ reserve }) => reserve) };
  const fold = () => within(panel('remedies')).getByText('With assets it does not have yet').closest('details');

  test('are worked out once they are unfolded', () => {
    show(NO_WHAT_IF, '', inMarket);
    fireEvent.change(screen.getByRole('textbox', { name: 'Health factor to reach' }), { target: { value: '2' } });
    const details = fold();
    if (!details) throw new Error('no such fold');
    // The cheapest of them is there from the start.
    expect(details.textContent).toContain('Add LINK');
    expect(details.textContent).not.toContain('Add USDC');
    expect(panel('remedies').textContent).not.toContain('Borrow LINK');
    details.open = true;
    fireEvent(details, new Event('toggle'));
    expect(details.textContent).toContain('Add USDC');
    expect(panel('remedies').textContent).toContain('Borrow LINK');
  });

  test('there is no such fold where the market has none', () => {
    show(NO_WHAT_IF, '', toPosition([{ of: ETH, supply: '1', debt: '0.5' }]));
    expect(panel('remedies').textContent).not.toContain('does not have yet');
  });
});

describe('the lab without one', () => {
  test('it is today, and no figure is marked', () => {
    show(NO_WHAT_IF);
    expect(panel('frontier').textContent).toContain('Health factor today 1.61');
    for (const name of PANELS) expect(figuresOf(name).marked, name).toEqual([]);
  });

  test('at a moved point what follows it is marked, what does not is not', () => {
    show(NO_WHAT_IF, `?at=${position.holdings[0]?.reserve.asset.address}:2000`);
    expect(screen.getByRole('button', { name: 'Back to today' })).toBeTruthy();
    expect(figuresOf('remedies').plain).toEqual([]);
    expect(figuresOf('move').marked).toEqual([]);
    // The other price stands where it stood.
    expect(figuresOf('frontier').plain).toEqual(['$60,000']);
  });
});
