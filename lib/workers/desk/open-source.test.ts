import { describe, expect, test, vi } from 'vitest';
import { type JobProgress, runSteps } from '../run-steps';
import { createDeskClient } from './desk-client';
import type { DeskSource } from './desk-protocol';
import { openSource } from './open-source';
import { createLine } from './testing';

vi.setConfig({ testTimeout: 60_000 });

const HEAD = 'position_id,venue,side,asset,amount,price,terms';
const TERMS = '"{""lltv"":""0.86""}"';
/** Two rows a position, about 110 characters. */
const csv = (count: number): string =>
  [
    HEAD,
    ...Array.from({ length: count }, (_, index) =>
      [`p${index},morpho-blue,collateral,eth,10,3000,${TERMS}`, `p${index},morpho-blue,debt,usdc,9000,1,${TERMS}`].join(
        '\n',
      ),
    ),
  ].join('\n');

const file = (text: string, goodRowsOnly: boolean): DeskSource => ({ kind: 'file', text, goodRowsOnly });

function listSteps(source: DeskSource): ReadonlyMap<string, readonly JobProgress[]> {
  const phases = new Map<string, JobProgress[]>();
  for (const step of openSource(source)) phases.set(step.phase, [...(phases.get(step.phase) ?? []), step]);
  return phases;
}

/** A clock that says of every step that its slice is over. */
const everyStep = { nowMs: () => 0, sliceMs: 0 };

describe.each([
  ['a CSV', false],
  ['the good rows of a CSV', true],
])('%s is read in slices', (_, goodRowsOnly) => {
  const COUNT = 2_000;

  test('no piece of the text is longer than 65,536 characters, and no two positions are checked at once', () => {
    const text = csv(COUNT);
    const phases = listSteps(file(text, goodRowsOnly));
    const reading = phases.get('Reading the file') ?? [];
    expect(text.length).toBeGreaterThan(3 * 65_536);
    expect(reading.map(({ done }) => done)).toEqual(
      Array.from({ length: Math.ceil(text.length / 65_536) }, (_, index) =>
        Math.min(text.length, (index + 1) * 65_536),
      ),
    );
    expect(reading.every(({ total }) => total === text.length)).toBe(true);
    const checking = phases.get('Checking the positions') ?? [];
    expect(checking.map(({ done }) => done)).toEqual(Array.from({ length: COUNT }, (_, index) => index + 1));
    expect([...phases.keys()]).toEqual(['Reading the file', 'Checking the positions']);
  });

  test.each(['Reading the file', 'Checking the positions'])(
    'given up while it says “%s”, it ends there',
    async (phase) => {
      const controller = new AbortController();
      const seen: string[] = [];
      const given = runSteps(openSource(file(csv(COUNT), goodRowsOnly)), {
        ...everyStep,
        signal: controller.signal,
        pause: async () => {},
        onProgress: (progress) => {
          seen.push(progress.phase);
          if (progress.phase === phase) controller.abort(new Error('given up'));
        },
      });
      await expect(given).rejects.toThrow('given up');
      expect(seen.filter((each) => each === phase)).toHaveLength(1);
    },
  );

  test('a cancel reaches the worker while it reads, and the next job is done', async () => {
    const desk = await createDeskClient(createLine);
    const controller = new AbortController();
    let progressCount = 0;
    // About 4 MB: many slices of 50 ms.
    const asked = desk.run('check', file(csv(40_000), goodRowsOnly), {
      signal: controller.signal,
      onProgress: () => {
        progressCount += 1;
        controller.abort(new Error('given up'));
      },
    });
    await expect(asked).rejects.toThrow('given up');
    expect(progressCount).toBe(1);
    const startedMs = performance.now();
    expect(await desk.run('check', file(csv(3), goodRowsOnly))).toEqual({ count: 3, leftOut: [] });
    // The work that was given up does not go on before it: all of it would take seconds.
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});

test('in pieces it is the same book, wherever the cuts fall', () => {
  // Rows apart, line breaks within quotes, and a piece's end within a row.
  const filler = Array.from(
    { length: 1_500 },
    (_, index) => `f${index},morpho-blue,collateral,eth,1,3000,"{""lltv"":\n""0.86""}"`,
  );
  const text = [
    HEAD,
    `a,morpho-blue,collateral,eth,10,3000,${TERMS}`,
    ...filler,
    `a,morpho-blue,debt,usdc,9000,1,${TERMS}`,
  ].join('\n');
  expect(text.length).toBeGreaterThan(65_536);
  const books = [false, true].map((goodRowsOnly) => {
    const steps = openSource(file(text, goodRowsOnly));
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  });
  for (const { book, leftOut } of books) {
    expect(leftOut).toEqual([]);
    expect(book.entries).toHaveLength(1_501);
    expect(book.entries.find(({ id }) => id === 'a')?.position?.debt).toHaveLength(1);
  }
});
