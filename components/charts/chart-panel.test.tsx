// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ChartPanel } from './chart-panel';
import type { ChartRange, ChartSpec } from './chart-spec';
import { ChartSync } from './chart-sync';

vi.mock('next/dynamic', () => ({ default: () => () => null }));

const specOf = (xKey: string): ChartSpec => ({
  xKey,
  xLabel: 'ETH',
  yLabel: 'Health factor',
  lineLabel: 'Line',
  colour: 'red',
  csvHead: ['ETH price (USD)', 'Health factor'],
  points: [1, 2, 3, 4].map((x) => ({
    x,
    y: x / 2,
    xText: `$${x},000.12345678`,
    xRow: `$${x},000`,
    yText: `${x / 2}`,
    yExact: `${x / 2}.000000001`,
    csv: [`${x}000.12345678`, `${x / 2}`],
  })),
  xRange: { low: 1, high: 4 },
  yRange: { low: 0, high: 2 },
  formatX: String,
  formatY: String,
  thresholds: [],
  marks: [],
});

const WHOLE = { low: 1, high: 4 };
const slider = (name: string) => screen.getByRole('slider', { name: `${name} Crosshair` });
const crosshairText = (name: string) => slider(name).getAttribute('aria-valuetext');

// happy-dom has no popovers.
HTMLElement.prototype.hidePopover ??= () => {};

afterEach(cleanup);

describe('chart panel', () => {
  test('arrow keys move the crosshair and say exact values; it ends at the ends', () => {
    render(<ChartPanel title="Question?" spec={specOf('a')} whole={WHOLE} zoom={undefined} onZoom={() => {}} />, {
      wrapper: ChartSync,
    });
    const press = (key: string) => fireEvent.keyDown(slider('Question?'), { key });
    press('ArrowRight');
    expect(crosshairText('Question?')).toBe('Health factor 0.5 · ETH $1,000.12345678');
    press('ArrowRight');
    expect(crosshairText('Question?')).toBe('Health factor 1 · ETH $2,000.12345678');
    press('End');
    press('ArrowRight');
    expect(crosshairText('Question?')).toBe('Health factor 2 · ETH $4,000.12345678');
    press('Home');
    press('ArrowLeft');
    expect(crosshairText('Question?')).toBe('Health factor 0.5 · ETH $1,000.12345678');
    press('Escape');
    expect(crosshairText('Question?')).toMatch(/Not set/);
  });

  test.each(['ArrowRight', 'ArrowLeft'])('the first arrow, %s, puts the crosshair where the first mark is', (key) => {
    const mark = { x: 2.9, y: 1.4, label: 'today', shape: 'ring', colour: 'blue' } as const;
    const spec = { ...specOf('a'), marks: [mark] };
    render(<ChartPanel title="Question?" spec={spec} whole={WHOLE} zoom={undefined} onZoom={() => {}} />, {
      wrapper: ChartSync,
    });
    fireEvent.keyDown(slider('Question?'), { key });
    expect(crosshairText('Question?')).toBe('Health factor 1.5 · ETH $3,000.12345678');
  });

  test('charts of one page with the same axis share the crosshair', () => {
    const common = { whole: WHOLE, zoom: undefined, onZoom: () => {} };
    render(
      <>
        <ChartPanel title="First?" spec={specOf('a')} {...common} />
        <ChartPanel title="Second?" spec={specOf('a')} {...common} />
        <ChartPanel title="Other?" spec={specOf('b')} {...common} />
      </>,
      { wrapper: ChartSync },
    );
    fireEvent.keyDown(slider('First?'), { key: 'End' });
    expect(crosshairText('Second?')).toBe('Health factor 2 · ETH $4,000.12345678');
    expect(crosshairText('Other?')).toMatch(/Not set/);
  });

  test('zooms around the crosshair by key and back with Escape', () => {
    const zooms: (ChartRange | undefined)[] = [];
    const onZoom = (zoom: ChartRange | undefined) => zooms.push(zoom);
    const view = render(
      <ChartPanel title="Question?" spec={specOf('a')} whole={WHOLE} zoom={undefined} onZoom={onZoom} />,
      { wrapper: ChartSync },
    );
    fireEvent.keyDown(slider('Question?'), { key: 'Home' });
    fireEvent.keyDown(slider('Question?'), { key: '+' });
    expect(zooms).toEqual([{ low: 1, high: 2.5 }]);
    view.rerender(
      <ChartPanel title="Question?" spec={specOf('a')} whole={WHOLE} zoom={{ low: 1, high: 2.5 }} onZoom={onZoom} />,
    );
    fireEvent.keyDown(slider('Question?'), { key: 'Escape' });
    expect(zooms.at(-1)).toBeUndefined();
  });

  test('shows the same figures as a table', async () => {
    render(<ChartPanel title="Question?" spec={specOf('a')} whole={WHOLE} zoom={undefined} onZoom={() => {}} />);
    fireEvent.click(screen.getByRole('button', { name: /Options of the chart/ }));
    const panel = document.querySelector('[popover]');
    panel?.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }));
    fireEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'As table' }));
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      'ETHHealth factor',
      '$1,0000.5',
      '$2,0001',
      '$3,0001.5',
      '$4,0002',
    ]);
    // What is not read is a hover away.
    expect(rows[1] && [...rows[1].querySelectorAll('[title]')].map((cell) => cell.getAttribute('title'))).toEqual([
      '$1,000.12345678',
      '0.5.000000001',
    ]);
  });

  test('while figures are on their way it keeps its place and says so', () => {
    render(
      <ChartPanel
        title="Question?"
        spec={undefined}
        empty="No debt."
        loading="Reading past blocks: 3 of 60"
        whole={undefined}
        zoom={undefined}
        onZoom={() => {}}
      />,
    );
    expect(screen.getByText('Reading past blocks: 3 of 60')).toBeDefined();
    expect(screen.queryByText('No debt.')).toBeNull();
    expect(document.querySelector('.skeleton')).not.toBeNull();
  });

  test('without figures it says why, and offers nothing to save', () => {
    render(
      <ChartPanel
        title="Question?"
        spec={undefined}
        empty="No debt."
        whole={undefined}
        zoom={undefined}
        onZoom={() => {}}
      />,
    );
    expect(screen.getByText('No debt.')).toBeDefined();
    expect(screen.queryByRole('button', { name: /Options/ })).toBeNull();
    expect(screen.queryByRole('slider')).toBeNull();
  });
});
