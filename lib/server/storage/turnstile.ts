import 'server-only';
import { StorageUnavailableError } from './storage-error';

/**
 * One at a time, in the order of asking. `enter` settles with the way out once everybody before has left; whoever has waited too long is
 * turned away with `StorageUnavailableError` BUSY, so that work which waits for itself ends with an error instead of never.
 */
export class Turnstile {
  private readonly waiting: (() => void)[] = [];
  private taken = false;

  constructor(private readonly waitMs: number) {}

  async enter(): Promise<() => void> {
    if (this.taken) await this.wait();
    this.taken = true;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = this.waiting.shift();
      // Handed on without being free in between, so that nobody slips in.
      if (next) next();
      else this.taken = false;
    };
  }

  private wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const admit = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(admit), 1);
        reject(
          new StorageUnavailableError('BUSY', `The embedded database has been busy for ${this.waitMs} ms.`, {
            nextStep: 'Try again; with many instances or heavy use, set DATABASE_URL to a Postgres server.',
          }),
        );
      }, this.waitMs);
      this.waiting.push(admit);
    });
  }
}
