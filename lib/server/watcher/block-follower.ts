import 'server-only';
import { policy } from '@/lib/config/policy';
import type { Address, Hash } from '@/lib/domain/asset';
import type { BlockRef, ChainIdentity } from '@/lib/domain/chain';
import type { PositionsReader, ReadResult } from '@/lib/venues/read-positions';
import type { LiveHub } from '../live-hub';
import { isStateGone } from './is-state-gone';

export interface BlockFollowerOptions {
  readonly hub: Pick<LiveHub, 'state'>;
  readonly positions: PositionsReader;
  /** A block by its number; `undefined`: the chain has none. Errors: those of the node. */
  readonly readBlock: (number: bigint) => Promise<BlockRef | undefined>;
  /** The last block of a chain that was looked at and recorded; `undefined`: none. */
  readonly readLast: (genesisHash: Hash) => Promise<bigint | undefined>;
  readonly listOwners: () => readonly Address[];
  /** Positions of one block after the other, the next one read when this is done; `isNewest`: of the one that the chain stands at. */
  readonly onReading: (result: ReadResult, isNewest: boolean) => Promise<void>;
  /** The chain's newest block cannot be read, or not yet for one before it, or there is none to read. */
  readonly onBlind: (problem: string | undefined) => Promise<void>;
}

/** How far behind the chain it is. */
export interface FollowStatus {
  /** Blocks that went by and are still to be looked at; 0: none. */
  readonly behind: number;
  /** Blocks that could not be looked at any more, and why; `undefined`: all could. */
  readonly missed: string | undefined;
  /** Why the next block that went by cannot be looked at yet: it is tried again whenever `follow` is called; `undefined`: nothing holds it up. */
  readonly stuck: string | undefined;
}

const tell = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/**
 * Reads the positions of every block in its order: those that went by while nobody watched, those that came while one was read, and the newest. A
 * chain that is another than before begins at what was recorded of it.
 */
export class BlockFollower {
  private genesisHash: Hash | undefined;
  private last: bigint | undefined;
  private behind = 0;
  private missed: string | undefined;
  private stuck: string | undefined;
  private work: Promise<void> | undefined;
  private isAskedAgain = false;
  private isStopped = false;

  constructor(private readonly options: BlockFollowerOptions) {}

  status(): FollowStatus {
    return { behind: this.behind, missed: this.missed, stuck: this.stuck };
  }

  /** Looks at everything up to the newest block, one reading at a time. Resolves when that is done. */
  follow(): Promise<void> {
    this.isAskedAgain = true;
    this.work ??= this.run().finally(() => {
      this.work = undefined;
    });
    return this.work;
  }

  /** Resolves when what was asked for by now is done. */
  async settle(): Promise<void> {
    await this.work;
  }

  stop(): void {
    this.isStopped = true;
  }

  private async run(): Promise<void> {
    while (this.isAskedAgain && !this.isStopped) {
      this.isAskedAgain = false;
      const { state, identity, block } = this.options.hub.state().chain;
      if (state !== 'live' || !identity || !block) await this.options.onBlind(undefined);
      else await this.catchUp(identity, block);
    }
  }

  private async catchUp(identity: ChainIdentity, newest: BlockRef): Promise<void> {
    await this.begin(identity);
    const first = this.findFirst(newest);
    for (let number = first; number < newest.number && !this.isStopped; number += 1n) {
      this.behind = Number(newest.number - number);
      if (!(await this.readPassed(identity, number))) return;
    }
    this.behind = 0;
    this.stuck = undefined;
    if (this.isStopped) return;
    try {
      const result = await this.read(identity, newest);
      if (!this.isStopped) await this.options.onReading(result, true);
      this.last = newest.number;
    } catch (cause) {
      await this.options.onBlind(tell(cause));
    }
  }

  private async begin({ genesisHash }: ChainIdentity): Promise<void> {
    if (this.genesisHash === genesisHash) return;
    this.last = await this.options.readLast(genesisHash);
    this.genesisHash = genesisHash;
    this.missed = undefined;
  }

  /** The block after the last one; of a chain that stands lower than that, or was never watched, the newest alone. */
  private findFirst({ number }: BlockRef): bigint {
    if (this.last === undefined || this.last >= number) return number;
    const oldest = number - BigInt(policy.triggers.mostReplayedBlocks);
    if (this.last + 1n >= oldest) return this.last + 1n;
    this.missed = `Blocks ${this.last + 1n} to ${oldest - 1n} went by while nobody watched: too many to be looked at.`;
    return oldest;
  }

  /** Whether the next one may be read. One that fails for now is left to be tried again: it may be the one in which something was true. */
  private async readPassed(identity: ChainIdentity, number: bigint): Promise<boolean> {
    try {
      const result = await this.findPassed(identity, number);
      if (this.isStopped) return false;
      if (result) await this.options.onReading(result, false);
    } catch (cause) {
      this.stuck = `Block ${number} went by and cannot be looked at yet: ${tell(cause)}`;
      await this.options.onBlind(this.stuck);
      return false;
    }
    this.stuck = undefined;
    this.last = number;
    return true;
  }

  /** `undefined`: the node has let go of it; the next block may be there. */
  private async findPassed(identity: ChainIdentity, number: bigint): Promise<ReadResult | undefined> {
    try {
      const block = await this.options.readBlock(number);
      if (block) return await this.read(identity, block);
      this.miss(number, 'The node does not have it.');
    } catch (cause) {
      if (!isStateGone(cause)) throw cause;
      this.miss(number, tell(cause));
    }
    return undefined;
  }

  private miss(number: bigint, why: string): void {
    this.missed = `Block ${number} went by while nobody watched, and cannot be looked at: ${why}`;
  }

  private read(identity: ChainIdentity, block: BlockRef): Promise<ReadResult> {
    const { positions, listOwners } = this.options;
    return positions.read({ identity, block, owners: listOwners() });
  }
}
