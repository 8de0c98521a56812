import { BallastError } from '@/lib/domain/errors';

/** A command line that cannot be understood: exit 2. */
export class UsageError extends BallastError {
  constructor(message: string) {
    super('USAGE', message, { nextStep: 'See --help.' });
  }
}
