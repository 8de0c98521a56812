// @vitest-environment happy-dom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { createLocalDesk, type DeskClient } from '@/lib/workers/desk/desk-client';
import type { DeskSource } from '@/lib/workers/desk/desk-protocol';
import { WorkerLostError } from '@/lib/workers/worker-lost-error';
import { type DeskRequest, useDesk } from './use-desk';

vi.setConfig({ testTimeout: 60_000 });
afterEach(cleanup);

const SOURCE: DeskSource = { kind: 'mock', seed: 3, count: 6 };
const REQUEST: DeskRequest = {
  whatIf: { allBps: 0, byFamily: {} },
  filter: {},
  dimension: 'asset',
  measure: 'gross',
  lookThrough: true,
  falling: 'all',
  sort: { column: 'health', descending: false },
};
const VENUES: DeskRequest = { ...REQUEST, dimension: 'venue' };

/** A desk that answers until it is stopped, and what it was asked. */
async function createStoppable() {
  const local = await createLocalDesk();
  const asked: string[] = [];
  let lost: WorkerLostError | undefined;
  const client: DeskClient = {
    close: () => {},
    run: async (name, input, options) => {
      asked.push(name);
      if (lost) throw lost;
      return local.run(name, input, options);
    },
  };
  return {
    client,
    asked,
    stop: () => {
      lost = new WorkerLostError('WORKER_LOST', 'out of memory');
    },
  };
}

test('a desk that stopped: its figures stay and are said to be old, and the next desk opens the book anew', async () => {
  const [first, second] = [await createStoppable(), await createStoppable()];
  const hook = renderHook(
    ({ client, request }: { client: DeskClient | undefined; request: DeskRequest }) =>
      useDesk(client, 'mock', SOURCE, request),
    {
      initialProps: { client: first.client, request: REQUEST } as {
        client: DeskClient | undefined;
        request: DeskRequest;
      },
    },
  );
  await waitFor(() => expect(hook.result.current.shown?.view.curve.points[0]?.badDebt).toBeDefined());
  expect(hook.result.current.isBusy).toBe(false);
  expect(first.asked).toEqual(['open', 'view', 'view']);

  first.stop();
  hook.rerender({ client: first.client, request: VENUES });
  await waitFor(() => expect(first.asked).toHaveLength(4));
  await act(async () => {});
  // It is not the book's fault.
  expect(hook.result.current.problem).toBeUndefined();
  hook.rerender({ client: undefined, request: REQUEST });
  expect(hook.result.current.shown?.rows).toHaveLength(6);
  expect(hook.result.current.isBusy).toBe(true);

  hook.rerender({ client: second.client, request: VENUES });
  await waitFor(() => expect(hook.result.current.isBusy).toBe(false));
  expect(second.asked.slice(0, 2)).toEqual(['open', 'view']);
  expect(hook.result.current.shown?.opened.client).toBe(second.client);
  expect(hook.result.current.shown?.rows).toHaveLength(6);
  expect(hook.result.current.problem).toBeUndefined();
});

test('a file chosen while no desk is there is read by the next one', async () => {
  const next = await createStoppable();
  const hook = renderHook(
    ({ client }: { client: DeskClient | undefined }) => useDesk(client, 'mock', undefined, REQUEST),
    { initialProps: { client: undefined } as { client: DeskClient | undefined } },
  );
  const checked = hook.result.current.check(SOURCE, new AbortController().signal);
  hook.rerender({ client: next.client });
  expect((await checked).count).toBe(6);
});
