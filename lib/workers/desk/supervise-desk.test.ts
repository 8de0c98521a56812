import { afterEach, describe, expect, test, vi } from 'vitest';
import { policy } from '@/lib/config/policy';
import { WorkerLostError } from '../worker-lost-error';
import { createDeskClient, type DeskWorker } from './desk-client';
import type { DeskRequest } from './serve-desk';
import { type DeskState, superviseDesk } from './supervise-desk';
import { createLine } from './testing';

vi.setConfig({ testTimeout: 60_000 });
afterEach(() => vi.useRealTimers());

const MOCK = { kind: 'mock', seed: 3, count: 5 } as const;

/** A worker that does what the test says, and keeps what it was told. */
function createFake() {
  const told: DeskRequest[] = [];
  let terminated = 0;
  const worker: DeskWorker = {
    onmessage: null,
    onerror: null,
    onmessageerror: null,
    terminate: () => {
      terminated += 1;
    },
    postMessage: (request) => told.push(request),
  };
  return {
    worker,
    told,
    isTerminated: () => terminated > 0,
    ready: () => worker.onmessage?.({ data: { ready: true } } as MessageEvent),
    stop: (message = 'out of memory') => worker.onerror?.({ message } as ErrorEvent),
  };
}

async function startFake(onLost?: (cause: WorkerLostError) => void) {
  const fake = createFake();
  const starting = createDeskClient(() => fake.worker, onLost);
  fake.ready();
  return { ...fake, desk: await starting };
}

describe('a worker that stops', () => {
  test.each([
    ['on an error', (fake: ReturnType<typeof createFake>) => fake.stop(), /out of memory/],
    [
      'on an answer that cannot be read',
      (fake: ReturnType<typeof createFake>) => fake.worker.onmessageerror?.({} as MessageEvent),
      /cannot be read/,
    ],
  ])('%s fails everything it was asked, and all that is asked of it later', async (_, stop, message) => {
    const lost: WorkerLostError[] = [];
    const fake = await startFake((cause) => lost.push(cause));
    const asked = [fake.desk.run('open', MOCK), fake.desk.run('check', MOCK)];
    const outcomes = Promise.allSettled(asked);
    stop(fake);
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'WORKER_LOST' } });
      expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(WorkerLostError);
    }
    await expect(asked[0]).rejects.toThrow(message);
    await expect(fake.desk.run('open', MOCK)).rejects.toBeInstanceOf(WorkerLostError);
    // Nothing is sent to it any more, and it is told of once, however often it fails.
    expect(fake.told).toHaveLength(2);
    stop(fake);
    expect(lost).toHaveLength(1);
    expect(fake.isTerminated()).toBe(true);
  });

  test('what is closed fails what was asked too, but is not lost: nothing takes its place', async () => {
    const onLost = vi.fn();
    const fake = await startFake(onLost);
    const asked = fake.desk.run('open', MOCK);
    fake.desk.close();
    await expect(asked).rejects.toMatchObject({ code: 'WORKER_CLOSED' });
    await expect(fake.desk.run('open', MOCK)).rejects.toMatchObject({ code: 'WORKER_CLOSED' });
    expect(onLost).not.toHaveBeenCalled();
  });

  test('where none can be made, or it fails before it starts, the work is done here', async () => {
    const fake = createFake();
    const failing = createDeskClient(() => fake.worker);
    fake.stop('blocked');
    const none = createDeskClient(() => {
      throw new Error('There are no workers here.');
    });
    for (const desk of [await failing, await none]) {
      expect(desk.isLocal).toBe(true);
      expect((await desk.run('open', MOCK)).count).toBe(5);
    }
  });

  test('one that never says that it is ready is waited for so long and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const fake = createFake();
    let desk: { readonly isLocal: boolean } | undefined;
    void createDeskClient(() => fake.worker).then((made) => {
      desk = made;
    });
    await vi.advanceTimersByTimeAsync(policy.desk.workerStartMs - 1);
    expect(fake.isTerminated()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(fake.isTerminated()).toBe(true);
    await vi.waitFor(() => expect(desk?.isLocal).toBe(true));
  });
});

describe('a desk that is kept going', () => {
  /** Workers made one after the other, the states that were told, and a clock. */
  function supervise(createWorker?: () => DeskWorker) {
    const fakes: ReturnType<typeof createFake>[] = [];
    const states: DeskState[] = [];
    const clock = { nowMs: 1_000 };
    const supervisor = superviseDesk({
      nowMs: () => clock.nowMs,
      onState: (state) => states.push(state),
      createWorker:
        createWorker ??
        (() => {
          const fake = createFake();
          fakes.push(fake);
          return fake.worker;
        }),
    });
    const kinds = () => states.map(({ kind }) => kind);
    const settle = () => vi.waitFor(() => expect(states.at(-1)?.kind).not.toBe('starting'));
    /** The last worker says that it is ready. */
    const ready = async () => {
      fakes.at(-1)?.ready();
      await settle();
    };
    return { supervisor, fakes, states, clock, kinds, ready, settle };
  }

  test('starts a new worker for one that stopped, a new desk of its own', async () => {
    const { fakes, states, kinds, ready } = supervise();
    await ready();
    const [, first] = states;
    const asked = first?.kind === 'ready' ? first.client.run('open', MOCK) : undefined;
    fakes[0]?.stop();
    await expect(asked).rejects.toBeInstanceOf(WorkerLostError);
    await ready();
    expect(kinds()).toEqual(['starting', 'ready', 'starting', 'ready']);
    expect(fakes).toHaveLength(2);
    const last = states.at(-1);
    if (last?.kind !== 'ready' || first?.kind !== 'ready') throw new Error('Both are ready.');
    expect(last.client).not.toBe(first.client);
    void last.client.run('open', MOCK).catch(() => {});
    expect(fakes[1]?.told).toMatchObject([{ name: 'open', input: MOCK }]);
  });

  test('gives up at the third stop within the window, says why, and starts again when asked', async () => {
    const { supervisor, fakes, states, clock, ready } = supervise();
    await ready();
    for (let stop = 0; stop < policy.desk.workerRestarts; stop += 1) {
      fakes.at(-1)?.stop();
      await ready();
    }
    clock.nowMs += policy.desk.workerRestartWindowMs - 1;
    fakes.at(-1)?.stop('out of memory');
    expect(states.at(-1)).toEqual({ kind: 'lost', reason: 'out of memory' });
    expect(fakes).toHaveLength(policy.desk.workerRestarts + 1);
    supervisor.retry();
    await ready();
    expect(states.at(-1)?.kind).toBe('ready');
    // What stopped before the retry no longer counts.
    fakes.at(-1)?.stop();
    expect(states.at(-1)?.kind).toBe('starting');
  });

  test('stops that lie apart by the window are not counted together', async () => {
    const { fakes, states, clock, ready } = supervise();
    await ready();
    for (let stop = 0; stop < 6; stop += 1) {
      fakes.at(-1)?.stop();
      await ready();
      clock.nowMs += policy.desk.workerRestartWindowMs;
    }
    expect(states.at(-1)?.kind).toBe('ready');
  });

  test('once closed it starts nothing, and what was starting is closed', async () => {
    const { supervisor, fakes, kinds } = supervise();
    supervisor.close();
    fakes[0]?.ready();
    await vi.waitFor(() => expect(fakes[0]?.isTerminated()).toBe(true));
    fakes[0]?.stop();
    expect(kinds()).toEqual(['starting']);
    expect(fakes).toHaveLength(1);
  });

  test('the new desk answers with the figures of the one that stopped', async () => {
    const workers: DeskWorker[] = [];
    const { states, settle } = supervise(() => {
      const line = createLine();
      workers.push(line);
      return line;
    });
    const openBook = async () => {
      await settle();
      const last = states.at(-1);
      if (last?.kind !== 'ready') throw new Error('It is ready.');
      return last.client.run('open', MOCK);
    };
    const before = await openBook();
    workers[0]?.onerror?.({ message: 'out of memory' } as ErrorEvent);
    expect(await openBook()).toEqual(before);
    expect(workers).toHaveLength(2);
  });
});
