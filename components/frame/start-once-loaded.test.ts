import { expect, test, vi } from 'vitest';
import { startOnceLoaded } from './start-once-loaded';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

function create() {
  const answers: { resolve: (start: () => () => void) => void; reject: (error: Error) => void }[] = [];
  const end = vi.fn();
  const start = vi.fn(() => end);
  const late = startOnceLoaded(() => new Promise((resolve, reject) => answers.push({ resolve, reject })));
  return { answers, end, start, late };
}

test('code that could not be loaded is asked for again at the next try, and started once', async () => {
  const { answers, start, end, late } = create();
  late.tryStart();
  late.tryStart();
  expect(answers).toHaveLength(1);
  answers[0]?.reject(new Error('Loading chunk failed'));
  await settle();
  expect(start).not.toHaveBeenCalled();
  late.tryStart();
  expect(answers).toHaveLength(2);
  answers[1]?.resolve(start);
  await settle();
  late.tryStart();
  expect([answers.length, start.mock.calls.length]).toEqual([2, 1]);
  late.stop();
  late.stop();
  expect(end).toHaveBeenCalledTimes(1);
});

test.each(['resolve', 'reject'] as const)('ended while it is loaded (%s), nothing starts any more', async (outcome) => {
  const { answers, start, late } = create();
  late.tryStart();
  late.stop();
  if (outcome === 'resolve') answers[0]?.resolve(start);
  else answers[0]?.reject(new Error('Loading chunk failed'));
  await settle();
  late.tryStart();
  expect([answers.length, start.mock.calls.length]).toEqual([1, 0]);
});
