import { parseArgs } from 'node:util';
import { BallastError } from '@/lib/domain/errors';
import { checkBookText, type OpenText } from '@/lib/interchange/stream-book';
import { changePrices } from './price-changes';
import { UsageError } from './usage-error';
import { type Verb, verbs } from './verbs';

/** What the command line has of the system. */
export interface CliHost {
  /** A file's text, or standard input's for "-", which can be read more than once. Throws where there is none. */
  openInput(name: string): Promise<OpenText>;
  /** Resolves when the next text may follow. */
  writeOut(text: string): Promise<void>;
  writeError(text: string): void;
}

const LEAST_WIDTH = 10;

const GENERAL_HELP = `npm run -s ballast -- VERB …

${Object.entries(verbs)
  .map(([name, { summary }]) => `  ${name.padEnd(LEAST_WIDTH)} ${summary}`)
  .join('\n')}

VERB --help says more, with an example.
`;

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        price: { type: 'string', multiple: true, default: [] },
        shock: { type: 'string', multiple: true, default: [] },
        format: { type: 'string', default: 'json' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new UsageError((cause as Error).message);
  }
}

async function runVerb(verb: Verb, args: readonly string[], host: CliHost): Promise<void> {
  const { values, positionals } = readOptions(args);
  if (values.help) return host.writeOut(`${verb.help}\n`);
  const [input, ...others] = positionals;
  if (input === undefined) throw new UsageError('Which book? A file, or - for standard input.');
  if (others.length > 0) throw new UsageError(`One book at a time: ${others.join(' ')}`);
  if (values.format !== 'json' && values.format !== 'table') throw new UsageError('--format is json or table.');
  const book = await checkBookText(await host.openInput(input));
  const prices = changePrices(book.prices, values);
  if (values.format === 'table') await host.writeOut(`${await verb.formatTable(book, prices)}\n`);
  else await verb.writeJson(book, prices, host.writeOut);
}

/**
 * One run of the command line: results to standard output, messages to standard error. Nothing is written before the whole book was read
 * and found in order: a book is read twice, and never held.
 *
 * @returns the exit code: 0, 1 for bad input, 2 for a command that cannot be understood, a verb that does not exist among them
 */
export async function runCli(args: readonly string[], host: CliHost): Promise<0 | 1 | 2> {
  const [name, ...rest] = args;
  if (name === '--help' || name === 'help') {
    await host.writeOut(GENERAL_HELP);
    return 0;
  }
  const verb = name !== undefined && Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) {
    host.writeError(`${name === undefined ? 'Which verb?' : `There is no verb "${name}".`}\n\n${GENERAL_HELP}`);
    return 2;
  }
  try {
    await runVerb(verb, rest, host);
    return 0;
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    host.writeError(`${error.message}${error.detail.nextStep ? ` ${error.detail.nextStep}` : ''}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}
