import 'server-only';
import type { Clock } from '@/lib/feeds/clock';
import type { TriggerWatch } from '@/lib/watch/trigger-watch';
import type { Db } from '../storage/schema';
import { StorageConflictError } from '../storage/storage-error';
import { endTrigger } from '../storage/triggers';

export interface ExpiryEnderOptions {
  readonly db: Db;
  readonly clock: Clock;
  readonly watch: TriggerWatch;
  /** It has ended, or was edited meanwhile: to be read anew. */
  readonly onEnded: (triggerId: string) => void;
}

/** Ends triggers whose time is over. While the database is away they are left for the next call. */
export class ExpiryEnder {
  private readonly running = new Set<string>();

  constructor(private readonly options: ExpiryEnderOptions) {}

  end(): void {
    const { clock, watch } = this.options;
    for (const { id, version } of watch.listExpired(clock.now())) {
      if (this.running.has(id)) continue;
      this.running.add(id);
      void this.endOne(id, version).finally(() => this.running.delete(id));
    }
  }

  private async endOne(id: string, version: number): Promise<void> {
    const { db, clock, onEnded } = this.options;
    try {
      await endTrigger(db, { id, version }, 'expire', clock.now());
    } catch (cause) {
      if (!(cause instanceof StorageConflictError)) return;
    }
    onEnded(id);
  }
}
