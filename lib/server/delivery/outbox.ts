import 'server-only';
import type { ChannelSettings } from './channels/channel-kind';

/** A channel as a delivery needs it: what kind it is, and its settings with their secrets. */
export interface OutboxChannel extends ChannelSettings {
  readonly id: string;
  readonly kind: string;
}

/** One alert on its way to one channel, leased to whoever claimed it. */
export interface OutboxDelivery {
  readonly id: string;
  readonly channel: OutboxChannel;
  /** Attempts that failed before this one. */
  readonly failures: number;
  /** An `AlertMessage` as it was stored. */
  readonly message: unknown;
}

/** What became of a delivery. `code` and `problem` are safe to show. */
export type DeliveryResult =
  | { readonly kind: 'delivered'; readonly atMs: number }
  | {
      readonly kind: 'retry';
      readonly atMs: number;
      readonly notBeforeMs: number;
      readonly code: string;
      readonly problem: string;
    }
  | { readonly kind: 'dead'; readonly atMs: number; readonly code: string; readonly problem: string };

/** Where deliveries wait. */
export interface Outbox {
  /**
   * Leases at most `limit` deliveries that are due, the longest due first, leaving out the channels named. The lease must be longer than an
   * attempt may take with the storing of its outcome (`policy.delivery`: 15 s + 1 s + 6.2 s); what is not settled by its end is due again.
   */
  claim(limit: number, exceptChannels: readonly string[]): Promise<readonly OutboxDelivery[]>;
  /** Stores an outcome and ends the lease; a retry adds one failure. */
  settle(id: string, result: DeliveryResult): Promise<void>;
}
