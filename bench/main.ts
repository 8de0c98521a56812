import { cpus, loadavg, totalmem } from 'node:os';
import { BallastError } from '@/lib/domain/errors';
import { startApp } from './app';
import type { BenchmarkContext, Figure } from './benchmark';
import { formatTable, listMissed } from './format-table';
import { parseArguments } from './parse-arguments';
import { benchmarks } from './registry';
import { type SeededChain, startSeededChain } from './seeded-chain';

/** What the figures were measured on: "2 × Some CPU, 24 GB, Node 20.20.2, linux x64, load 0.4". */
function describeMachine(): string {
  const processors = cpus();
  const [load] = loadavg();
  return [
    `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `Node ${process.versions.node}`,
    `${process.platform} ${process.arch}`,
    `load ${load?.toFixed(1)} at the start`,
  ].join(', ');
}

const writeLine = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

function describeError(error: unknown): string {
  if (!(error instanceof BallastError)) {
    // Errors of a failed call carry the whole call, hundreds of kilobytes of it.
    return (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 2_000);
  }
  const { inputs, nextStep } = error.detail;
  return [error.message, inputs && JSON.stringify(inputs), nextStep].filter(Boolean).join('\n  ');
}

/** Runs what the command line names; standard output carries the table or the JSON and nothing else. Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { names, json, verbose } = parseArguments(
    args,
    benchmarks.map(({ name }) => name),
  );
  const machine = describeMachine();
  let opening: Promise<SeededChain> | undefined;
  const figures: Figure[] = [];
  const context: BenchmarkContext = {
    record: (...measured) => {
      figures.push(...measured);
    },
    report: (message) => writeLine(`[${(performance.now() / 1_000).toFixed(1).padStart(6)} s] ${message}`),
    explain: (line) => {
      if (verbose) writeLine(`    ${line}`);
    },
    openSeededChain: () => {
      opening ??= startSeededChain(context.report);
      return opening;
    },
    startApp: () => startApp(context.report),
  };
  let failures = 0;
  for (const { name, run } of benchmarks.filter((benchmark) => names.includes(benchmark.name))) {
    try {
      await run(context);
    } catch (error) {
      failures += 1;
      writeLine(`\n${name} failed: ${describeError(error)}\n`);
    }
  }
  await opening?.then(
    ({ chain }) => chain.stop(),
    () => {},
  );
  const output = json
    ? JSON.stringify(
        {
          name: names.join(' '),
          machine,
          figures: figures.map(({ id, value, unit, note }) => ({ id, value, unit, note })),
        },
        null,
        2,
      )
    : `\n${machine}\n\n${formatTable(figures)}`;
  await new Promise<void>((resolve) => process.stdout.write(`${output}\n`, () => resolve()));
  // On standard error, so that a reader of the JSON sees them too. A miss is no failure; a wrong answer is one.
  for (const line of listMissed(figures)) writeLine(line);
  return failures > 0 ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Chain, app and browser end with this process.
  process.once(signal, () => process.exit(1));
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    writeLine(describeError(error));
    process.exit(1);
  },
);
