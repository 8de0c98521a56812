import type { LoggedDelivery, LoggedFiring } from '@/lib/alerts/logged-firing';
import type { WatchStatus } from '@/lib/alerts/watch-status';

/** For tests: triggers are watched, all is well. */
export const ARMED: WatchStatus = { isArmed: true, behind: 0, triggerCount: 2, problem: null, pausedSinceMs: null };

/** For tests: a message on a browser's channel, due at once. */
export const fakeDelivery = (changes: Partial<LoggedDelivery> = {}): LoggedDelivery => ({
  id: 1,
  channelId: 'browser',
  channelName: 'Browser notification',
  channelKind: 'browser',
  step: 0,
  state: 'pending',
  attempts: 0,
  notBeforeMs: 0,
  settledAtMs: null,
  lastDetail: null,
  ...changes,
});

/** For tests: a firing as the log has it. */
export function fakeFiring(
  id: number,
  changes: Partial<Omit<LoggedFiring, 'firing'>> & { readonly firing?: Partial<LoggedFiring['firing']> } = {},
): LoggedFiring {
  const { firing, ...rest } = changes;
  return {
    id,
    triggerName: `Trigger ${id}`,
    recordedAtMs: 1_000,
    acknowledged: null,
    deliveries: [fakeDelivery()],
    ...rest,
    firing: {
      triggerId: 't1',
      triggerVersion: 1,
      subjectId: '*',
      subjectName: 'Aave v3 of Alice',
      episode: id,
      severity: 'critical',
      at: '2026-11-22T02:14:00.000Z',
      sentence: `The health factor of Aave v3 of Alice is 1.04, below 1.25 (${id}).`,
      values: [
        {
          kind: 'health-factor',
          side: 'below',
          level: '1.25',
          met: 'true',
          value: '1.041666666666666666',
          of: { id: `aave-v3~1~0x${'1'.repeat(40)}~0x${'a'.repeat(40)}`, name: 'Aave v3 of Alice' },
          reason: null,
        },
      ],
      inputs: [
        {
          asset: 'eip155:1/erc20:0x2222222222222222222222222222222222222222' as never,
          source: 'oracle',
          from: `0x${'3'.repeat(40)}`,
          answer: '299950000000',
          decimals: 8,
          round: '42',
          updatedAt: '2026-11-22T02:13:48.000Z',
        },
      ],
      block: { number: '123', hash: `0x${'4'.repeat(64)}` },
      engineVersion: '0.1.0',
      remedy: 'Repay 1,200 USDC',
      ...firing,
    },
  };
}
