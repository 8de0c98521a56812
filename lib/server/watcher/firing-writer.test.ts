import { expect, test } from 'vitest';
import { FakeClock } from '@/lib/feeds/fake-clock';
import type { RecordedFiring, Transition } from '../storage/record-firings';
import { StorageConflictError, StorageUnavailableError } from '../storage/storage-error';
import { type Decision, FiringWriter } from './firing-writer';

const transition = (triggerId: string, episode: number, isFiring = true): Decision => ({
  triggerId,
  subject: 's',
  isFiring,
  toTransition: () => ({
    triggerId,
    triggerVersion: 1,
    subject: 's',
    state: { episode },
    episode,
    ...(isFiring && { firing: { severity: 'warning', firedAtMs: 1, record: {}, deliveries: [] } }),
  }),
});

function setUp(record: (transitions: readonly Transition[], attempt: number) => Promise<readonly RecordedFiring[]>) {
  const clock = new FakeClock();
  const asked: string[][] = [];
  const problems: (string | undefined)[] = [];
  const writer = new FiringWriter({
    clock,
    record: (transitions) => {
      asked.push(transitions.map(({ triggerId, episode }) => `${triggerId}${episode}`));
      return record(transitions, asked.length);
    },
    onRecorded: () => {},
    onProblem: (text) => problems.push(text),
  });
  return { clock, asked, problems, writer };
}

/** Lets everything that waits for nothing but others' answers run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('what is decided at one moment is one batch; of one subject a second firing waits for the first', async () => {
  const { writer, asked } = setUp(async () => []);
  for (const each of [transition('a', 0, false), transition('a', 1), transition('b', 1), transition('a', 2)]) {
    writer.add(each);
  }
  await writer.flush();
  expect(asked).toEqual([['a1', 'b1'], ['a2']]);
});

test('while the database is away it tries again, in order, and nothing is dropped', async () => {
  const { writer, asked, clock, problems } = setUp(async (_, attempt) => {
    if (attempt <= 3) throw new StorageUnavailableError('CONNECTION', 'The database is away.');
    return [];
  });
  writer.add(transition('a', 1));
  await settle();
  writer.add(transition('b', 1));
  for (let wait = 0; wait < 3; wait += 1) {
    expect(problems.at(-1)).toBe('The database is away.');
    clock.advance(60_000);
    await settle();
  }
  await writer.flush();
  expect(asked).toEqual([['a1'], ['a1'], ['a1'], ['a1'], ['b1']]);
  expect(problems.at(-1)).toBeUndefined();
});

test('one that is refused does not take the others with it', async () => {
  const written: string[] = [];
  const { writer, problems } = setUp(async (transitions) => {
    if (transitions.some(({ triggerId }) => triggerId === 'gone')) {
      throw new StorageConflictError('REFERENCE', 'There is no such trigger.');
    }
    written.push(...transitions.map(({ triggerId }) => triggerId));
    return [];
  });
  for (const id of ['a', 'gone', 'b']) writer.add(transition(id, 1));
  await writer.flush();
  expect(written).toEqual(['a', 'b']);
  // It is told as long as nothing else is, and not only for a moment.
  expect(problems.at(-1)).toBe('gone: There is no such trigger.');
});

test('a channel that is not there takes the message with it, and not the firing', async () => {
  const written: number[] = [];
  const { writer, problems } = setUp(async (transitions) => {
    const deliveries = transitions.flatMap(({ firing }) => firing?.deliveries ?? []);
    if (deliveries.length > 0) throw new StorageConflictError('REFERENCE', 'There is no such channel.');
    written.push(...transitions.map(({ episode }) => episode));
    return [];
  });
  const { toTransition, ...rest } = transition('a', 1);
  const firing = {
    severity: 'warning',
    firedAtMs: 1,
    record: {},
    deliveries: [{ channelId: 'gone', step: 0, notBeforeMs: 1, body: {} }],
  };
  writer.add({ ...rest, toTransition: () => ({ ...toTransition(), firing }) });
  await writer.flush();
  expect(written).toEqual([1]);
  expect(problems.at(-1)).toBe('a: There is no such channel.');
});

test('one that cannot be put together is told, and holds up none of the others', async () => {
  const { writer, asked, problems } = setUp(async () => []);
  writer.add({
    ...transition('broken', 1),
    toTransition: () => {
      throw new RangeError('No such asset.');
    },
  });
  writer.add(transition('a', 1));
  await writer.flush();
  writer.add(transition('b', 1));
  await writer.flush();
  expect(asked).toEqual([['a1'], ['b1']]);
  expect(problems.at(-1)).toBe('broken: No such asset.');
});
