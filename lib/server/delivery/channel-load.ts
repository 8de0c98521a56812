import 'server-only';
import { policy } from '@/lib/config/policy';

/** What may be claimed now: at most `limit` deliveries, of any channels but these. */
export interface Room {
  readonly limit: number;
  readonly exceptChannels: readonly string[];
}

/**
 * Counts what is being sent, so that a channel that hangs never holds up another: each has a few places of its own; one whose last attempt
 * failed has a single one, out of a small share that all such channels have together.
 */
export class ChannelLoad {
  private readonly running = new Map<string, number>();
  private readonly troubled = new Set<string>();
  private sound = 0;
  private sick = 0;

  /** Notes the beginning of a send; the answer notes its end, with whether the channel took it. */
  begin(channel: string): (isTaken: boolean) => void {
    const isTroubled = this.troubled.has(channel);
    this.add(channel, isTroubled, 1);
    return (isTaken) => {
      this.add(channel, isTroubled, -1);
      if (isTaken) this.troubled.delete(channel);
      else this.troubled.add(channel);
    };
  }

  /** So few that, whichever channels they belong to, each finds its place. A limit of 0: nothing may be claimed. */
  findRoom(): Room {
    const { maxRunning, maxRunningOfChannel, maxRunningTroubled } = policy.delivery;
    const freeSick = maxRunningTroubled - this.sick;
    const places = new Map<string, number>();
    for (const channel of this.troubled) places.set(channel, Math.min(freeSick, 1 - this.count(channel)));
    for (const channel of this.running.keys()) {
      if (this.troubled.has(channel)) continue;
      const free = maxRunningOfChannel - this.count(channel);
      // Filled up by halves: one claim for each place would cost more than the sending.
      places.set(channel, free * 2 >= maxRunningOfChannel ? free : 0);
    }
    const open = [...places].filter(([, free]) => free > 0).map(([, free]) => free);
    const exceptChannels = [...places].filter(([, free]) => free <= 0).map(([channel]) => channel);
    const limit = Math.min(maxRunning - maxRunningTroubled - this.sound, maxRunningOfChannel, ...open);
    return { limit: Math.max(0, limit), exceptChannels };
  }

  private count(channel: string): number {
    return this.running.get(channel) ?? 0;
  }

  private add(channel: string, isTroubled: boolean, by: 1 | -1): void {
    const count = this.count(channel) + by;
    if (count === 0) this.running.delete(channel);
    else this.running.set(channel, count);
    if (isTroubled) this.sick += by;
    else this.sound += by;
  }
}
