import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runCli } from '../lib/cli/run-cli';
import { InvalidInputError } from '../lib/domain/errors';

/** The command line on books: `npm run -s ballast -- VERB …`. What it can do is in `lib/cli`; `scripts/lib/run-ballast.mjs` bundles and runs it. */

const PIECE_BYTES = 1 << 20;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let spool: string | undefined;

/** Ends the process as the signal would have, the copy of the input gone: nobody else would remove it. */
function endBySignal(signal: NodeJS.Signals): void {
  if (spool) rmSync(spool, { recursive: true, force: true });
  for (const each of SIGNALS) process.off(each, endBySignal);
  process.kill(process.pid, signal);
}

/** Standard input comes once; a book is read twice. */
async function spoolInput(): Promise<string> {
  for (const signal of SIGNALS) process.on(signal, endBySignal);
  // At once: between the making of a folder and the keeping of its name no signal can come.
  spool = mkdtempSync(join(tmpdir(), 'ballast-'));
  const file = join(spool, 'input');
  await pipeline(process.stdin, createWriteStream(file, { mode: 0o600 }));
  return file;
}

async function openInput(name: string) {
  const file = name === '-' ? await spoolInput() : name;
  const refuse = (cause: Error) => new InvalidInputError('FILE', `${name} cannot be read: ${cause.message}`, { cause });
  await access(file).catch((cause: Error) => {
    throw refuse(cause);
  });
  return async function* readText(): AsyncGenerator<string> {
    try {
      yield* createReadStream(file, { encoding: 'utf8', highWaterMark: PIECE_BYTES }) as AsyncIterable<string>;
    } catch (cause) {
      throw (cause as NodeJS.ErrnoException).code ? refuse(cause as Error) : cause;
    }
  };
}

async function removeSpool(): Promise<void> {
  if (spool) await rm(spool, { recursive: true, force: true });
}

/** One run; the exit code comes back when all output is written. */
export async function main(args: readonly string[]): Promise<number> {
  // A reader that has seen enough (head) closes the pipe: nothing is wrong then.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    removeSpool().then(() => process.exit(0));
  });
  try {
    return await runCli(args, {
      openInput,
      writeOut: (output) =>
        new Promise((resolve) => {
          process.stdout.write(output, () => resolve());
        }),
      writeError: (output) => void process.stderr.write(output),
    });
  } finally {
    await removeSpool();
  }
}
