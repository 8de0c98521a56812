import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { BenchmarkError } from './benchmark';
import { HAND_MADE_ANSWERS, type WrittenBook } from './write-book';

const SAMPLE_EVERY_MS = 50;
const KB_PER_MB = 1_024;

/** Linux counts processor time in hundredths of a second (USER_HZ). */
const TICKS_PER_SECOND = 100;
/** Fields of /proc/<pid>/stat after the command's closing bracket: user and system time. */
const [USER_TIME, SYSTEM_TIME] = [11, 12] as const;

interface Usage {
  /** The most memory held so far, megabytes of 2^20 bytes. */
  readonly peakMb: number;
  readonly processorSeconds: number;
}

/** What a process has used so far; `undefined` where the system does not tell, or it has ended. */
function readUsage(pid: number | undefined): Usage | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME]);
    if (kilobytes === undefined || !Number.isFinite(ticks)) return undefined;
    return { peakMb: Number(kilobytes) / KB_PER_MB, processorSeconds: ticks / TICKS_PER_SECOND };
  } catch {
    return undefined;
  }
}

function refuse(what: string, inputs: Readonly<Record<string, string>>): never {
  throw new BenchmarkError('WRONG_ANSWER', `The command line's ${what}.`, {
    inputs,
    nextStep: 'Run evaluate on a small book and compare; speed says nothing until they agree.',
  });
}

function checkHandMade(id: 'first' | 'last', record: string): void {
  const { healthFactor, price, uniformLiquidationDrop } = HAND_MADE_ANSWERS[id];
  const [asset, expected] = price;
  const found = JSON.parse(record);
  const holds =
    found.healthFactor === healthFactor &&
    found.liquidationPrices[asset] === expected &&
    found.uniformLiquidationDrop === uniformLiquidationDrop;
  if (!holds) refuse(`figures of the position "${id}" are not those worked out by hand`, { record });
}

/** Takes the output line by line, and refuses the first record that is not what or where it should be. */
class OutputCheck {
  private seen = 0;

  constructor(
    private readonly book: WrittenBook,
    private readonly count: number,
  ) {}

  take(line: string): void {
    if (!line.startsWith('{"id":')) return;
    const record = line.replace(/,$/, '');
    const id = this.book.ids(this.seen);
    if (!record.startsWith(`{"id":"${id}",`)) refuse(`record ${this.seen} is not that of "${id}"`, { record });
    if (id === 'first' || id === 'last') checkHandMade(id, record);
    const expected = this.book.remembered.get(this.seen);
    if (expected !== undefined && expected !== record) refuse(`record of "${id}" is wrong`, { record, expected });
    this.seen += 1;
  }

  finish(code: number | null, messages: string): void {
    if (code === 0 && this.seen === this.count) return;
    refuse(`output is not whole: ${this.seen} of ${this.count} positions, exit code ${code}`, { messages });
  }
}

/** Arguments of Node for `npm run -s ballast`, from package.json itself. */
function readCommand(): readonly string[] {
  const [node, ...args] = (JSON.parse(readFileSync('package.json', 'utf8')).scripts.ballast as string).split(' ');
  if (node !== 'node') throw new BenchmarkError('APP', 'package.json does not start ballast by node.');
  return args;
}

export interface EvaluateRun {
  readonly seconds: number;
  /** `undefined` where there is no /proc. */
  readonly usage: Usage | undefined;
}

/**
 * One run of `evaluate` on a book, as its own process from start to end, its output read through a pipe and checked as it comes.
 *
 * Errors: `BenchmarkError` WRONG_ANSWER.
 */
export async function runEvaluate(file: string, book: WrittenBook, count: number): Promise<EvaluateRun> {
  const sinceMs = performance.now();
  const child = spawn(process.execPath, [...readCommand(), 'evaluate', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  let usage: Usage | undefined;
  const sample = setInterval(() => {
    usage = readUsage(child.pid) ?? usage;
  }, SAMPLE_EVERY_MS);
  let messages = '';
  child.stderr.on('data', (text) => {
    messages += text;
  });
  const check = new OutputCheck(book, count);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  try {
    for await (const line of createInterface({ input: child.stdout })) check.take(line);
    check.finish(await ended, messages);
  } finally {
    clearInterval(sample);
    process.off('exit', endWithUs);
    child.kill('SIGKILL');
  }
  return { seconds: (performance.now() - sinceMs) / 1_000, usage };
}
