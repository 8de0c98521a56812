import 'server-only';
import type { Address } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import type { Clock } from '@/lib/feeds/clock';
import type { MachineState } from '@/lib/triggers/machine';
import type { PositionsReader } from '@/lib/venues/read-positions';
import type { TriggerStanding } from '@/lib/watch/trigger-watch';
import type { LiveHub } from '../live-hub';
import type { Lease } from '../storage/leases';
import type { Storage } from '../storage/open-storage';
import type { RecordedFiring } from '../storage/record-firings';
import type { Db } from '../storage/schema';
import type { PriceSampler } from './price-sampler';

/** A part of all triggers that is one instance's at a time. */
export interface Shard {
  /** Its progress along the chain is kept under this name. */
  readonly name: string;
  readonly owns: (triggerId: string) => boolean;
  /** What is recorded is refused once another instance has it. */
  readonly lease: Lease;
  /** Another instance has it; nothing more is recorded. */
  readonly onLost: () => void;
}

export interface WatcherOptions {
  readonly clock: Clock;
  readonly hub: Pick<LiveHub, 'state' | 'subscribe'>;
  readonly positions: PositionsReader;
  /** A block by its number; `undefined`: the chain has none. Errors: those of the node. */
  readonly readBlock: (number: bigint) => Promise<BlockRef | undefined>;
  readonly db: Db;
  /** Wake-ups of the database, by which edits and pauses are followed at once; left out: only `reload` does. */
  readonly listen?: Storage['listen'];
  readonly stalledAfterMs: number;
  /** Whom triggers may be about: asked before every reading. */
  readonly listOwners: () => readonly Address[];
  readonly nameOwner: (owner: string) => string;
  /** Why owners may be missing from that list, which triggers are about; `undefined`: none is. Left out: none ever is. */
  readonly findOwnersProblem?: () => string | undefined;
  readonly engineVersion: string;
  /** Where Ballast is reached, for links, without a slash at its end. */
  readonly baseUrl: string;
  readonly onRecorded?: (firings: readonly RecordedFiring[]) => void;
  /** Keeps the prices that are seen; left out: nobody does. */
  readonly sampler?: Pick<PriceSampler, 'addOracles' | 'addMarket'>;
  /** Left out: all triggers are this instance's. */
  readonly shard?: Shard;
}

export interface WatcherStatus {
  /** Whether every trigger has been looked at since the start, on a chain that can be seen, what fires can be recorded, and nothing is paused. */
  readonly isArmed: boolean;
  /** Blocks that went by and are still to be looked at. */
  readonly behind: number;
  readonly triggerCount: number;
  /** Since when all triggers are paused; null: they are not. */
  readonly pausedSinceMs: number | null;
  /** Why something is not as it should be, one sentence. */
  readonly problem: string | undefined;
}

export interface Watcher {
  status(): WatcherStatus;
  /** What is remembered of a trigger, by subject. */
  statesOf(triggerId: string): ReadonlyMap<string, MachineState>;
  /** Where triggers stand now, of those that are watched here, with the figures of this moment. No step is taken. */
  describe(triggerIds: readonly string[]): readonly TriggerStanding[];
  /** Takes triggers up as they are saved now, or that one alone, and a pause. */
  reload(triggerId?: string): Promise<void>;
  /** Resolves when the newest block has been looked at and all that was decided by now is recorded. */
  flush(): Promise<void>;
  /** Looks no more, and resolves when all that was decided is recorded. */
  drain(): Promise<void>;
  stop(): void;
}
