import { expect, test } from 'vitest';
import { judgeAddress } from './judge-address';
import { resolveHost } from './resolve-host';

test('a name of this machine is resolved as a connection would, and every address of it is refused', async () => {
  const addresses = await resolveHost('localhost');
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.every((address) => judgeAddress(address, []) === 'refused')).toBe(true);
  expect(addresses.every((address) => judgeAddress(address, ['127.0.0.0/8', '::1/128']) === 'listed')).toBe(true);
});

test('a name without an address fails', async () => {
  await expect(resolveHost('no-such-host.invalid')).rejects.toThrow();
});
