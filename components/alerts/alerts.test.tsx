// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import { policy } from '@/lib/config/policy';
import { alertStore } from '@/lib/stores/alert-store';
import { ARMED, fakeFiring } from '@/lib/stores/testing/fake-alerts';
import { AlertBell } from './alert-bell';
import { PauseBanner } from './pause-banner';
import { PauseControl } from './pause-control';
import { Toaster } from './toaster';
import { badgeTitle, useTitleBadge } from './use-title-badge';

interface Asked {
  readonly path: string;
  readonly body: unknown;
}

let asked: Asked[];
/** What the server refuses everything with; `undefined`: it does what it is asked. */
let refusal: { readonly error: string; readonly status: number } | undefined;

// happy-dom has no popovers.
HTMLElement.prototype.hidePopover ??= () => {};
const openPanels = () => {
  for (const panel of document.querySelectorAll('[popover]')) {
    fireEvent(panel, Object.assign(new Event('toggle'), { newState: 'open' }));
  }
};
const show = (ui: React.ReactNode) =>
  render(<QueryClientProvider client={new QueryClient()}>{ui}</QueryClientProvider>);

const NOW_MS = 1_000;
const shared = { serverTimeMs: NOW_MS };
const fire = async (id: number, changes: Parameters<typeof fakeFiring>[1] = {}, unacknowledged = 1) =>
  act(async () => {
    const firing = fakeFiring(id, changes);
    alertStore.getState().applyEvent({ type: 'firing', ...shared, unacknowledged, firing, isMissed: false }, NOW_MS);
  });
const say = async (status: Partial<WatchStatus> = {}, unacknowledged = 0) =>
  act(async () => {
    const event = { type: 'status', ...shared, unacknowledged, status: { ...ARMED, ...status } } as const;
    alertStore.getState().applyEvent(event, NOW_MS);
  });

beforeEach(() => {
  alertStore.setState(alertStore.getInitialState(), true);
  [asked, refusal] = [[], undefined];
  vi.stubGlobal('fetch', async (path: string, { body }: { readonly body: string }) => {
    asked.push({ path, body: JSON.parse(body) });
    return refusal ? Response.json({ error: refusal.error }, { status: refusal.status }) : Response.json({});
  });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the bell', () => {
  const label = () => screen.getByRole('button', { name: /^Alerts/ }).getAttribute('aria-label');

  test('counts what is open, and is quiet only while triggers are watched', async () => {
    show(<AlertBell />);
    expect(label()).toBe('Alerts: none open, connecting');
    await say();
    expect(label()).toBe('Alerts: none open, armed');
    await say({ isArmed: false, problem: 'The chain does not answer.' }, 1_204);
    expect(label()).toBe('Alerts: 1,204 open, not armed');
    expect(screen.getByText('99+')).toBeDefined();
    expect(screen.getByText('Not armed')).toBeDefined();
    await act(async () => alertStore.getState().setConnection('lost'));
    expect(label()).toMatch(/not listening$/);
  });

  test('lists what is open, and acknowledges it by the name of this browser', async () => {
    show(<AlertBell />);
    await say();
    await fire(1, {}, 1);
    await fire(2, {}, 2);
    openPanels();
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    fireEvent.click(screen.getByRole('button', { name: 'Acknowledge Trigger 1' }));
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
    const body = { by: 'Someone at this browser', note: null };
    expect(asked).toEqual([{ path: '/api/firings/1/acknowledge', body }]);
    expect(label()).toMatch(/^Alerts: 1 open/);
  });

  test('what cannot be acknowledged stays open, and the reason is said', async () => {
    refusal = { error: 'The storage is away.', status: 503 };
    show(<AlertBell />);
    await fire(1);
    openPanels();
    fireEvent.click(screen.getByRole('button', { name: 'Acknowledge Trigger 1' }));
    const told = await screen.findByRole('alert');
    expect(told.textContent).toBe('Not acknowledged: The storage is away.');
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });
});

describe('a new alert', () => {
  const titles = () =>
    within(screen.getByRole('region', { name: 'New alerts' }))
      .getAllByRole('link', { name: /^Trigger/ })
      .map(({ textContent }) => textContent);

  test('a critical one is said at once and stays; another is said politely and goes, and focus stays where it was', async () => {
    vi.useFakeTimers();
    show(
      <>
        <button type="button">before</button>
        <Toaster />
      </>,
    );
    screen.getByText('before').focus();
    await fire(1, { firing: { severity: 'warning' } });
    await fire(2);
    expect(screen.getByRole('alert').textContent).toMatch(/^Critical: Trigger 2\. The health factor/);
    expect(screen.getByRole('status').textContent).toMatch(/^Warning: Trigger 1\./);
    expect(titles()).toEqual(['Trigger 2', 'Trigger 1']);
    expect(document.activeElement?.textContent).toBe('before');
    await act(async () => vi.advanceTimersByTime(policy.ringing.toastMs + 1));
    expect(titles()).toEqual(['Trigger 2']);
    await act(async () => vi.advanceTimersByTime(3_600_000));
    expect(titles()).toEqual(['Trigger 2']);
    fireEvent.click(screen.getByRole('button', { name: 'Put away Trigger 2' }));
    await act(async () => {});
    expect(screen.queryByRole('region')).toBeNull();
    expect(alertStore.getState().open).toHaveLength(2);
  });

  test('while a hand is on it, it does not go', async () => {
    vi.useFakeTimers();
    show(<Toaster />);
    await fire(1, { firing: { severity: 'info' } });
    fireEvent.focus(screen.getByRole('button', { name: 'Acknowledge' }));
    await act(async () => vi.advanceTimersByTime(policy.ringing.toastMs * 3));
    expect(titles()).toEqual(['Trigger 1']);
  });

  test('of many the loudest three are shown, the rest counted', async () => {
    show(<Toaster />);
    await fire(1);
    for (const id of [2, 3, 4, 5]) await fire(id, { firing: { severity: 'info' } });
    expect(titles()).toEqual(['Trigger 1', 'Trigger 5', 'Trigger 4']);
    expect(screen.getByText('2 more in the log')).toBeDefined();
  });

  test('its remedy leads to its position', async () => {
    show(<Toaster />);
    await fire(1);
    const link = screen.getByRole('link', { name: 'Repay 1,200 USDC' });
    expect(link.getAttribute('href')).toBe(`/positions/aave-v3~1~0x${'1'.repeat(40)}~0x${'a'.repeat(40)}`);
  });
});

describe('the page’s title', () => {
  function Badge({ badge }: { readonly badge: string | undefined }) {
    useTitleBadge(badge);
    return null;
  }

  test('has the count before it, once, on whatever page; and none when nothing is open', async () => {
    document.title = 'Risk · Ballast';
    const { rerender } = render(<Badge badge="3" />);
    expect(document.title).toBe('(3) Risk · Ballast');
    document.title = 'Settings · Ballast';
    await waitFor(() => expect(document.title).toBe('(3) Settings · Ballast'));
    rerender(<Badge badge="3?" />);
    rerender(<Badge badge="?" />);
    expect(document.title).toBe('(?) Settings · Ballast');
    rerender(<Badge badge={undefined} />);
    expect(document.title).toBe('Settings · Ballast');
  });

  test('a name in brackets is no badge', () => {
    expect(badgeTitle('(old) desk · Ballast', '1')).toBe('(1) (old) desk · Ballast');
  });
});

describe('all alerts paused', () => {
  test('every screen says so, since when, and resumes', async () => {
    show(<PauseBanner />);
    await say();
    expect(screen.queryByRole('status')).toBeNull();
    await say({ pausedSinceMs: Date.UTC(2026, 10, 22, 2, 14) });
    expect(screen.getByRole('status').textContent).toMatch(/^Alerts are paused since .*: nothing will warn you/);
    fireEvent.click(screen.getByRole('button', { name: 'Resume' }));
    await waitFor(() => expect(screen.queryByRole('status')).toBeNull());
    expect(asked).toEqual([{ path: '/api/pause', body: { paused: false, by: 'Someone at this browser' } }]);
  });

  test('pausing asks once more, and is not believed before the server did it', async () => {
    refusal = { error: 'No.', status: 403 };
    show(<PauseControl />);
    await say();
    openPanels();
    fireEvent.click(screen.getByRole('button', { name: 'Pause all alerts' }));
    expect((await screen.findByRole('alert')).textContent).toBe('Not paused: No.');
    expect(alertStore.getState().status?.pausedSinceMs).toBeNull();
  });
});
