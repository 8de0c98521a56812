import fc from 'fast-check';
import { encodeFunctionData, type Hex, parseAbi } from 'viem';
import { expect, test } from 'vitest';
import { VenueReadError } from '@/lib/domain/errors';
import { encodeAggregate, encodeRead, multicall3Abi } from './multicall';

const hex = (least: number, most: number) =>
  fc.uint8Array({ minLength: least, maxLength: most }).map((bytes): Hex => `0x${Buffer.from(bytes).toString('hex')}`);

test('a bundle is encoded as viem encodes it', () => {
  const call = fc.record({ target: hex(20, 20), callData: hex(0, 100) });
  fc.assert(
    fc.property(fc.array(call, { maxLength: 12 }), (calls) => {
      expect(encodeAggregate(calls)).toBe(
        encodeFunctionData({
          abi: multicall3Abi,
          functionName: 'aggregate3',
          args: [calls.map((entry) => ({ ...entry, allowFailure: true }))],
        }),
      );
    }),
  );
});

test('a read is encoded as viem encodes it, however often', () => {
  const abi = parseAbi(['function a(address,uint8) view returns (bool)', 'function b() view returns (bool)']);
  const args = ['0x00000000000000000000000000000000000000ff', 7] as const;
  for (let time = 0; time < 2; time++) {
    expect(encodeRead({ address: '0x', abi, functionName: 'a', args })).toBe(
      encodeFunctionData({ abi, functionName: 'a', args }),
    );
    expect(encodeRead({ address: '0x', abi, functionName: 'b' })).toBe(encodeFunctionData({ abi, functionName: 'b' }));
  }
});

test('a function that the interface does not have is an error', () => {
  expect(() => encodeRead({ address: '0x', abi: multicall3Abi, functionName: 'none' })).toThrow(VenueReadError);
});
