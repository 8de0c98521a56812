import 'server-only';
import { policy } from '@/lib/config/policy';
import { type Clock, repeat } from '@/lib/feeds/clock';
import { ChannelLoad } from './channel-load';
import { judgeFailure } from './judge-failure';
import type { DeliveryResult, Outbox, OutboxDelivery } from './outbox';

export interface DispatchOptions {
  readonly outbox: Outbox;
  readonly clock: Clock;
  /** Sends once, within a time limit of its own (`sendAlert`). */
  readonly send: (delivery: OutboxDelivery) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Hears of an outbox that cannot be read or written; nothing is lost by it. */
  readonly onProblem: (error: unknown) => void;
}

/** A dispatcher at work. */
export interface Dispatch {
  /** Looks into the outbox now: something was put there. */
  wake(): void;
  /** Claims nothing more, and ends when what is being sent is settled. */
  stop(): Promise<void>;
}

/**
 * Takes alerts out of the outbox and sends them, many at once, each channel apart from the others (`ChannelLoad`), until each is delivered or
 * a dead letter. At least once: an alert whose outcome could not be stored is sent again under the same key.
 *
 * The outbox is looked into at once, whenever it is woken, whenever a place becomes free, and every `policy.delivery.pollEveryMs`.
 */
export function startDispatch(options: DispatchOptions): Dispatch {
  const dispatcher = new Dispatcher(options);
  dispatcher.wake();
  const cancel = repeat(options.clock, policy.delivery.pollEveryMs, () => dispatcher.wake());
  return {
    wake: () => dispatcher.wake(),
    stop: () => {
      cancel();
      return dispatcher.stop();
    },
  };
}

class Dispatcher {
  private readonly load = new ChannelLoad();
  private readonly sending = new Set<Promise<void>>();
  private claiming: Promise<void> | undefined;
  private isWoken = false;
  private isStopped = false;

  constructor(private readonly options: DispatchOptions) {}

  wake(): void {
    this.isWoken = true;
    // Begun a turn later, so that whoever wakes it from within a claim finds it at work.
    this.claiming ??= Promise.resolve()
      .then(() => this.claimAll())
      .finally(() => {
        this.claiming = undefined;
        // Woken after the last look and before this.
        if (this.isWoken && !this.isStopped) this.wake();
      });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.claiming;
    await Promise.all(this.sending);
  }

  /** One claim after another, until there is no room or nothing due. */
  private async claimAll(): Promise<void> {
    try {
      while (!this.isStopped) {
        this.isWoken = false;
        const { limit, exceptChannels } = this.load.findRoom();
        const claimed = limit > 0 ? await this.options.outbox.claim(limit, exceptChannels) : [];
        for (const delivery of claimed) this.start(delivery);
        if (claimed.length === 0) return;
      }
    } catch (error) {
      // The next poll tries again, not the next send that ends.
      this.isWoken = false;
      this.options.onProblem(error);
    }
  }

  private start(delivery: OutboxDelivery): void {
    const end = this.load.begin(delivery.channel.id);
    const sending = this.attempt(delivery)
      .then(async (result) => {
        end(result.kind === 'delivered');
        await this.settle(delivery.id, result);
      })
      .finally(() => {
        this.sending.delete(sending);
        this.wake();
      });
    this.sending.add(sending);
  }

  private async attempt(delivery: OutboxDelivery): Promise<DeliveryResult> {
    const { clock, random, send } = this.options;
    try {
      await send(delivery);
      return { kind: 'delivered', atMs: clock.now() };
    } catch (error) {
      return judgeFailure({ error, failures: delivery.failures + 1, nowMs: clock.now(), random });
    }
  }

  /** An outcome that is lost means sending again, so it is worth a few attempts; then the lease runs out by itself. */
  private async settle(id: string, result: DeliveryResult): Promise<void> {
    const { outbox, clock, onProblem } = this.options;
    for (const waitMs of [...policy.delivery.settleRetryAfterMs, undefined]) {
      try {
        await outbox.settle(id, result);
        return;
      } catch (error) {
        onProblem(error);
      }
      if (waitMs !== undefined) await new Promise<void>((resolve) => clock.after(waitMs, resolve));
    }
  }
}
