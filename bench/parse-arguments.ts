import { InvalidInputError } from '@/lib/domain/errors';

export interface BenchArguments {
  /** In the order of the registry; all when none was named. */
  readonly names: readonly string[];
  readonly json: boolean;
  readonly verbose: boolean;
}

/**
 * Reads the command line: names of benchmarks, `--json`, `--verbose`.
 *
 * Errors: `InvalidInputError` ARGUMENT for an option or a name that does not exist.
 */
export function parseArguments(args: readonly string[], known: readonly string[]): BenchArguments {
  const options = ['--json', '--verbose'];
  const stray = args.find((arg) => !options.includes(arg) && !known.includes(arg));
  if (stray !== undefined) {
    throw new InvalidInputError('ARGUMENT', `There is no benchmark or option “${stray}”.`, {
      inputs: { argument: stray },
      nextStep: `npm run bench -- [${known.join('] [')}] [--verbose] [--json]`,
    });
  }
  const named = known.filter((name) => args.includes(name));
  return {
    names: named.length > 0 ? named : known,
    json: args.includes('--json'),
    verbose: args.includes('--verbose'),
  };
}
