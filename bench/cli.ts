import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark, BenchmarkContext, Figure } from './benchmark';
import { type EvaluateRun, runEvaluate } from './run-evaluate';
import { computeMedian } from './statistics';
import { writeBook } from './write-book';

const [SMALL, LARGE] = [100_000, 1_000_000] as const;
const SMALL_RUNS = 3;
const BYTES_PER_MB = 2 ** 20;
const MOST = { [SMALL]: { seconds: 15, peakMb: 1_024 }, [LARGE]: { seconds: undefined, peakMb: 2_048 } } as const;

interface Measured {
  readonly runs: readonly EvaluateRun[];
  readonly sizeMb: number;
  /** The least that reading and writing the same JSON could take. */
  readonly jsonSeconds: number | undefined;
}

/** Seconds of JSON.parse and JSON.stringify on a whole file. */
function timeJson(file: string): number {
  const sinceMs = performance.now();
  JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
  return (performance.now() - sinceMs) / 1_000;
}

/** Writes a book, evaluates it by the command line, and deletes it. */
async function measure({ report, explain }: BenchmarkContext, count: number, runCount: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const file = join(folder, 'book.json');
    report(`cli: writing a book of ${count} positions …`);
    const book = await writeBook(file, count);
    const sizeMb = statSync(file).size / BYTES_PER_MB;
    const runs: EvaluateRun[] = [];
    const json: number[] = [];
    for (let run = 1; run <= runCount; run++) {
      report(`cli: evaluating ${count} positions, run ${run} of ${runCount} …`);
      const result = await runEvaluate(file, book, count);
      explain(
        `${count} positions: ${result.seconds.toFixed(1)} s, ${result.usage?.processorSeconds.toFixed(1) ?? '?'} s of processor time, ` +
          `${result.usage?.peakMb.toFixed(0) ?? '?'} MB`,
      );
      runs.push(result);
      if (count === SMALL) json.push(timeJson(file));
    }
    return { runs, sizeMb, jsonSeconds: json.length > 0 ? computeMedian(json) : undefined };
  } finally {
    process.off('exit', remove);
    remove();
  }
}

const secondsOf = ({ runs }: Measured): number => computeMedian(runs.map(({ seconds }) => seconds));

/** Beside the time that passed, what the process itself had of it: the difference is what else the machine did, and waiting. */
const describeProcessor = (usages: readonly { readonly processorSeconds: number }[]): string =>
  usages.length === 0
    ? ''
    : `, of which ${computeMedian(usages.map(({ processorSeconds }) => processorSeconds)).toFixed(1)} s of processor time (all threads)`;

function listFigures(count: keyof typeof MOST, measured: Measured): readonly Figure[] {
  const most = MOST[count];
  const usages = measured.runs.flatMap(({ usage }) => usage ?? []);
  return [
    {
      id: `cli.evaluate.${count}.seconds`,
      value: secondsOf(measured),
      unit: 's',
      note:
        `evaluate on a mock book of ${measured.sizeMb.toFixed(0)} MB over every venue, from start to end of the process, read twice and ` +
        `written to a pipe; median of ${measured.runs.length}${describeProcessor(usages)}; ids all checked, every thousandth record whole, first and last by hand`,
      ...(most.seconds !== undefined && { aim: { atMost: most.seconds } }),
    },
    ...(usages.length === 0
      ? []
      : [
          {
            id: `cli.evaluate.${count}.peakMb`,
            value: Math.max(...usages.map(({ peakMb }) => peakMb)),
            unit: 'MB',
            note: 'VmHWM of the process, the most of all runs',
            aim: { atMost: most.peakMb },
          },
        ]),
  ];
}

/** How fast the command line evaluates a book in a file, and how much memory it takes for it. */
export const cli: Benchmark = {
  name: 'cli',
  async run(context) {
    const small = await measure(context, SMALL, SMALL_RUNS);
    context.record(...listFigures(SMALL, small), {
      id: 'cli.evaluate.perSecond',
      value: SMALL / secondsOf(small),
      unit: 'positions/s',
      note: `of ${SMALL} positions, start of the process included`,
    });
    if (small.jsonSeconds !== undefined) {
      context.record({
        id: 'cli.evaluate.vsJson.ratio',
        value: secondsOf(small) / small.jsonSeconds,
        unit: '×',
        note: `so many times as long as JSON.parse and JSON.stringify of the same ${SMALL} positions at once (${small.jsonSeconds.toFixed(1)} s), in turn with it`,
      });
    }
    if (small.runs.some(({ usage }) => usage === undefined)) {
      context.report('cli: the peak memory is unknown: this system has no /proc.');
    }
    context.record(...listFigures(LARGE, await measure(context, LARGE, 1)));
  },
};
