import { expect, test } from 'vitest';
import { computePushState, type PushFacts } from './describe-push';

const ON: PushFacts = { isSecure: true, isSupported: true, permission: 'granted', isSubscribed: true };

test('the first obstacle is the one that is told', () => {
  const told = [
    {},
    { isSubscribed: false },
    { permission: 'default' as const },
    { permission: 'denied' as const },
    { isSupported: false, permission: undefined },
    { isSecure: false, isSupported: false },
  ].map((changes) => computePushState({ ...ON, ...changes }));
  // A subscription that outlived its permission brings nothing.
  expect(told).toEqual(['on', 'off', 'off', 'denied', 'unsupported', 'insecure']);
});
