import { beforeEach, expect, test } from 'vitest';
import type { FiringPage, LoggedFiring } from '@/lib/alerts/logged-firing';
import { policy } from '@/lib/config/policy';
import { FakeClock } from '@/lib/feeds/fake-clock';
import { startAlertRefresh } from './alert-refresh';
import { type AlertStore, type ChangedPart, createAlertStore } from './alert-store';
import { ARMED, fakeFiring } from './testing/fake-alerts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const STEP_MS = policy.ringing.refreshEveryMs;

let clock: FakeClock;
let alerts: AlertStore;
let reads: { resolve: (firings: LoggedFiring[]) => void; reject: () => void }[];
let told: (readonly ChangedPart[])[];
let end: () => void;
beforeEach(() => {
  clock = new FakeClock();
  alerts = createAlertStore();
  reads = [];
  told = [];
  end = startAlertRefresh({
    alerts,
    clock,
    onChanged: (parts) => told.push(parts),
    readOpen: () =>
      new Promise<FiringPage>((resolve, reject) =>
        reads.push({
          resolve: (firings) =>
            resolve({ serverTimeMs: 0, firings, nextBeforeId: null, unacknowledged: firings.length }),
          reject: () => reject(new Error('away')),
        }),
      ),
  });
});

const shared = { serverTimeMs: 0, unacknowledged: 1 };
const ready = () => alerts.getState().applyEvent({ type: 'ready', ...shared, status: ARMED }, 0);
const fire = (id: number) =>
  alerts.getState().applyEvent({ type: 'firing', ...shared, firing: fakeFiring(id), isMissed: false }, 0);

test('nothing is asked before the stream says something; then the open alerts are read', async () => {
  clock.advance(60_000);
  expect(reads).toHaveLength(0);
  ready();
  expect(told).toEqual([['triggers', 'firings', 'channels']]);
  reads[0]?.resolve([fakeFiring(1)]);
  await settle();
  expect(alerts.getState().open.map(({ id }) => id)).toEqual([1]);
});

test('a flood of firings is a few readings, the last of them after the last firing', async () => {
  ready();
  reads[0]?.resolve([]);
  await settle();
  for (let id = 1; id <= 500; id += 1) {
    fire(id);
    clock.advance(2);
  }
  await settle();
  // 500 firings over one second: at most one word each half second, and the readings wait for each other.
  expect(told.length).toBeLessThanOrEqual(4);
  expect(reads).toHaveLength(2);
  reads[1]?.resolve([]);
  await settle();
  clock.advance(STEP_MS);
  expect(reads).toHaveLength(3);
});

test('a reading that fails is made again', async () => {
  ready();
  clock.advance(STEP_MS);
  for (let failures = 1; failures <= 3; failures += 1) {
    reads.at(-1)?.reject();
    await settle();
    clock.advance(1_999);
    expect(reads).toHaveLength(failures);
    clock.advance(1);
    expect(reads).toHaveLength(failures + 1);
  }
  reads.at(-1)?.resolve([fakeFiring(7)]);
  await settle();
  expect(alerts.getState().open).toHaveLength(1);
  clock.advance(60_000);
  expect(reads).toHaveLength(4);
});

test('ended, it asks nothing and takes nothing in', async () => {
  ready();
  end();
  reads[0]?.resolve([fakeFiring(1)]);
  fire(2);
  await settle();
  clock.advance(60_000);
  expect([reads.length, alerts.getState().open.map(({ id }) => id)]).toEqual([1, [2]]);
});
