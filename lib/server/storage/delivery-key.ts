import 'server-only';

export interface DeliveryName {
  readonly triggerId: string;
  readonly subject: string;
  readonly episode: number;
  readonly channelId: string;
  /** 0: at once; 1, 2 …: escalations. */
  readonly step: number;
}

/**
 * The idempotency key of a message: of the same firing to the same channel at the same step it is the same in every attempt, by every instance,
 * for ever. Two messages never share one.
 * Example: trigger `t1` on `aave/0xab`, episode 2, to `mail` at once: `t1/aave%2F0xab/2/mail/0`.
 */
export function deliveryKey({ triggerId, subject, episode, channelId, step }: DeliveryName): string {
  return [triggerId, subject, episode, channelId, step].map(encodeURIComponent).join('/');
}
