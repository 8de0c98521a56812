import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DeliveryName, deliveryKey } from './delivery-key';

test('it names the firing, the channel and the step', () => {
  const name = { triggerId: 't1', subject: 'aave/0xab', episode: 2, channelId: 'mail', step: 0 };
  expect(deliveryKey(name)).toBe('t1/aave%2F0xab/2/mail/0');
});

test('two messages never share one', () => {
  const part = fc.string({ unit: fc.constantFrom('a', '/', '%', '2', 'F', ' '), maxLength: 4 });
  const name: fc.Arbitrary<DeliveryName> = fc.record({
    triggerId: part,
    subject: part,
    episode: fc.nat(12),
    channelId: part,
    step: fc.nat(12),
  });
  fc.assert(
    fc.property(name, name, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      expect(deliveryKey(a) === deliveryKey(b)).toBe(same);
    }),
    { numRuns: 2_000 },
  );
});
