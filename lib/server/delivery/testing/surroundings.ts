import { FakeClock } from '@/lib/feeds/fake-clock';
import type { AlertMessage } from '../alert-message';
import type { DeliveryContext } from '../delivery-context';

/** 1 March 2026, 14:05:09 UTC: 20,513 days (1,772,323,200 s) and 50,709 s. */
export const NOW_MS = 1_772_373_909_000;

/** The surroundings of one attempt: a clock that stands still, loopback listed, every name resolved to it. */
export function makeContext(given: Partial<DeliveryContext> = {}): DeliveryContext {
  return {
    clock: new FakeClock(NOW_MS),
    signal: new AbortController().signal,
    rules: { allowedNetworks: ['127.0.0.0/8'], resolve: async () => ['127.0.0.1'] },
    smtpHosts: [],
    push: undefined,
    ...given,
  };
}

/** An alert with everything in it. */
export function makeMessage(given: Partial<AlertMessage> = {}): AlertMessage {
  return {
    idempotencyKey: 'firing-7/channel-2',
    firingId: 'firing-7',
    triggerName: 'Margin is thin',
    severity: 'critical',
    atMs: NOW_MS,
    sentence: 'The health factor of Short ETH fell to 1.041, below 1.05.',
    values: [
      { label: 'Health factor', value: '1.041666666666666666', text: '1.041' },
      { label: 'ETH', value: '2431.5', text: '$2,431.50' },
    ],
    subject: 'Short ETH on Aave v3',
    link: 'https://ballast.example/positions/1',
    remedy: { text: 'Repay 250 USDC: health factor 1.10', link: 'https://ballast.example/positions/1#remedies' },
    isTest: false,
    ...given,
  };
}
