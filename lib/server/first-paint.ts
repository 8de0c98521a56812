import 'server-only';
import { policy } from '@/lib/config/policy';
import type { Address } from '@/lib/domain/asset';
import type { Clock } from '@/lib/feeds/clock';
import type { PositionsReader, ReadResult } from '@/lib/venues/read-positions';
import type { LiveHub, StateEvent } from './live-hub';

/** What a page starts from: everything live, and the positions where the chain told them in time. */
export interface FirstPaint {
  readonly status: StateEvent;
  readonly reading: { readonly result: ReadResult; readonly readAtMs: number } | undefined;
}

export type FirstPaintReader = (owners: readonly Address[], budgetMs?: number) => Promise<FirstPaint>;

export interface FirstPaintOptions {
  readonly hub: Pick<LiveHub, 'state' | 'chain' | 'subscribe'>;
  readonly positions: PositionsReader;
  readonly clock: Clock;
}

type Reading = NonNullable<FirstPaint['reading']>;

/** Readings kept: pages of a few different accounts at the newest blocks. */
const KEPT_READINGS = 8;

/**
 * Makes the reader behind every page's first paint. It never waits longer than the budget, and not at all for a chain that is known to be
 * away: the page then comes with the status alone, and the browser reads. One read for each block and set of owners, shared by all who ask.
 */
export function createFirstPaintReader({ hub, positions, clock }: FirstPaintOptions): FirstPaintReader {
  const readings = new Map<string, Promise<Reading>>();

  const read = (owners: readonly Address[]): Promise<Reading> | undefined => {
    const { state, identity, block } = hub.chain();
    if (state !== 'live' || !identity || !block) return undefined;
    const key = [identity.genesisHash, block.hash, ...owners].join();
    const shared = readings.get(key);
    if (shared) return shared;
    const started = positions
      .read({ identity, block, owners })
      .then((result): Reading => ({ result, readAtMs: clock.now() }));
    readings.set(key, started);
    started.catch(() => readings.delete(key));
    for (const oldest of readings.keys()) {
      if (readings.size <= KEPT_READINGS) break;
      readings.delete(oldest);
    }
    return started;
  };

  return async (owners, budgetMs = policy.firstPaint.snapshotBudgetMs) => {
    let endWaiting = () => {};
    let endListening = () => {};
    const late = new Promise<undefined>((resolve) => {
      endWaiting = clock.after(budgetMs, () => resolve(undefined));
    });
    const whenStarted = () =>
      new Promise<void>((resolve) => {
        endListening = hub.subscribe(() => {
          if (hub.chain().state !== 'starting') resolve();
        });
        if (hub.chain().state !== 'starting') resolve();
      });
    try {
      // What fails here is read again by the browser, which then also says why.
      const wanted = owners.length === 0 ? undefined : whenStarted().then(() => read(owners)?.catch(() => undefined));
      const reading = wanted && (await Promise.race([wanted, late]));
      const status = hub.state();
      const isSameChain = reading && reading.result.identity.genesisHash === status.chain.identity?.genesisHash;
      return { status, reading: isSameChain ? reading : undefined };
    } finally {
      endWaiting();
      endListening();
    }
  };
}
