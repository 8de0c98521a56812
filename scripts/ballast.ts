import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { runCli } from '../lib/cli/run-cli';
import { InvalidInputError } from '../lib/domain/errors';

/** The command line on books: `npm run -s ballast -- VERB …`. What it can do is in `lib/cli`. */

async function readInput(name: string): Promise<string> {
  if (name === '-') return text(process.stdin);
  try {
    return await readFile(name, 'utf8');
  } catch (cause) {
    throw new InvalidInputError('FILE', `${name} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

// A reader that has seen enough (head) closes the pipe: nothing is wrong then.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

void runCli(process.argv.slice(2), {
  readInput,
  writeOut: (output) => void process.stdout.write(output),
  writeError: (output) => void process.stderr.write(output),
}).then((code) => {
  process.exitCode = code;
});
