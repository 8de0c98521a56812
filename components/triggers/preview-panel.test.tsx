// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Trigger } from '@/lib/triggers/trigger';
import { ETH, toPosition, toReserve, USDC } from '@/lib/venues/aave-v3/testing';
import { toTrigger } from '@/lib/watch/testing';
import { PreviewPanel } from './preview-panel';

vi.setConfig({ testTimeout: 60_000 });
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const MINUTE_MS = 60_000;
/** Health factor 8.3 · price / 20,000. */
const LONG = toPosition([
  { of: ETH, supply: '10' },
  { of: USDC, debt: '20000' },
]);
const trigger = (level: string, changes: Partial<Trigger> = {}): Trigger =>
  toTrigger({ type: 'position', id: 'test' }, [{ kind: 'health-factor', side: 'below', level }], changes);
/** Health factors 1.245, 1.162, 1.0375, 0.996, ten minutes apart. */
const PRICES = [3_000, 2_800, 2_500, 2_400];
const csv = `time_ms,weth\n${PRICES.map((price, index) => `${index * 10 * MINUTE_MS},${price}`).join('\n')}`;
const WAIT = { timeout: 20_000 };

function choose(text: string, name = 'prices.csv'): void {
  fireEvent.click(screen.getByRole('radio', { name: 'From a file' }));
  const file = new File([text], name, { type: 'text/csv' });
  fireEvent.change(screen.getByLabelText('Prices, CSV'), { target: { files: [file] } });
}

test('a file: the sentence, the figures, and a level that gives a quarter of an hour', async () => {
  const used: string[] = [];
  const panel = (shown: Trigger | undefined) => (
    <PreviewPanel trigger={shown} positions={[LONG]} onUseLevel={(level) => used.push(level)} />
  );
  const view = render(panel(trigger('1.1')));
  choose(csv);
  await waitFor(() => screen.getByText(/It would have fired 1 time in 30/), WAIT);
  screen.getByText(/1 liquidation, warned of in time/);
  expect(screen.getAllByText('10 min')).toHaveLength(2);
  screen.getByText('0 of 1');

  fireEvent.change(screen.getByLabelText(/Warn at least/), { target: { value: '0.25' } });
  // 1.162 is 20 minutes before: the level just past it.
  const button = await waitFor(() => screen.getByRole('button', { name: 'Use 1.1621' }), WAIT);
  fireEvent.click(button);
  expect(used).toEqual(['1.1621']);
  view.rerender(panel(trigger('1.1621')));
  await waitFor(() => expect(screen.getAllByText('20 min').length).toBeGreaterThan(1), WAIT);

  view.rerender(panel(undefined));
  screen.getByText(/as soon as the trigger is complete/);
});

test('a file with a fault says where; nothing is shown for it', async () => {
  render(<PreviewPanel trigger={trigger('1.1')} positions={[LONG]} onUseLevel={() => {}} />);
  choose('time_ms,weth\n1,3000\n1,2900');
  await waitFor(() => screen.getByText(/line 3, column time_ms/), WAIT);
  expect(screen.queryByText(/would have fired/)).toBeNull();
});

test('what the server has recorded is asked for by asset and source; a page that is full is followed by the next', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    const search = new URL(path, 'http://x').searchParams;
    const [asset, source, from] = [search.get('asset'), search.get('source'), Number(search.get('from'))];
    const isEth = asset === toReserve(ETH).asset.id && source === 'market';
    const isNext = from === 2;
    const points = isEth
      ? isNext
        ? [{ atMs: 2, price: '2400' }]
        : [
            { atMs: 0, price: '3000' },
            { atMs: 1, price: '2500.5' },
          ]
      : [];
    return Response.json({ asset, source, points, nextFromMs: isEth && !isNext ? 2 : null });
  });
  render(<PreviewPanel trigger={trigger('1.1')} positions={[LONG]} onUseLevel={() => {}} />);
  fireEvent.click(screen.getByRole('radio', { name: 'Recorded' }));
  await waitFor(() => screen.getByText(/It would have fired 1 time/), WAIT);
  expect(asked).toHaveLength(5);
});
