import fc from 'fast-check';
import {
  type Abi,
  type AbiFunction,
  type AbiParameter,
  decodeFunctionResult,
  encodeAbiParameters,
  type Hex,
  parseAbi,
} from 'viem';
import { describe, expect, test } from 'vitest';
import { VenueReadError } from '@/lib/domain/errors';
import * as aave from './aave-v3/abi';
import { makeResultDecoder } from './abi-words';
import * as morpho from './morpho-blue/abi';
import { multicall3Abi } from './multicall';

const own = parseAbi([
  'struct Pair { int24 a; string b; }',
  'struct Plain { bool a; int128 b; bytes4 c; }',
  'function nested() view returns (Pair[] pairs, bytes data, Plain plain, Plain[] plains, uint48 small, int256 large)',
  'function lists() view returns (uint256[][] lists)',
  'function texts() view returns (string[])',
]);

const functions = [own, multicall3Abi, ...Object.values(aave), ...Object.values(morpho)]
  .flatMap((abi: Abi) => [...abi])
  .filter((item): item is AbiFunction => item.type === 'function' && item.outputs.length > 0);

const address = fc.bigInt(0n, 2n ** 160n - 1n).map((value): Hex => `0x${value.toString(16).padStart(40, '0')}`);
const hex = (least: number, most: number) =>
  fc.uint8Array({ minLength: least, maxLength: most }).map((bytes): Hex => `0x${Buffer.from(bytes).toString('hex')}`);

/** Any value of a type, in viem's notation. */
function arbitraryOf(parameter: AbiParameter): fc.Arbitrary<unknown> {
  const { type } = parameter;
  if (type.endsWith('[]')) return fc.array(arbitraryOf({ ...parameter, type: type.slice(0, -2) }), { maxLength: 4 });
  if ('components' in parameter) {
    return fc.record(Object.fromEntries(parameter.components.map((part) => [part.name ?? '', arbitraryOf(part)])));
  }
  const integer = /^(u?)int(\d*)$/.exec(type);
  if (integer) {
    const bits = BigInt(integer[2] || 256);
    const [least, most] = integer[1] ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
    const value = fc.oneof(fc.constantFrom(least, most, 0n), fc.bigInt(least, most));
    return bits <= 48n ? value.map(Number) : value;
  }
  if (type === 'address') return address;
  if (type === 'bool') return fc.boolean();
  if (type === 'string') return fc.string({ unit: 'binary', maxLength: 70 });
  if (type === 'bytes') return hex(0, 70);
  return hex(Number(type.slice(5)), Number(type.slice(5)));
}

const lowerAddresses = (value: unknown): unknown => {
  if (typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)) return value.toLowerCase();
  if (Array.isArray(value)) return value.map(lowerAddresses);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, lowerAddresses(item)]));
};

describe.each(functions.map((item) => [item.name, item] as const))('%s', (_, item) => {
  const values = fc.tuple(...item.outputs.map(arbitraryOf));

  test('any answer is decoded as viem decodes it', () => {
    const decode = makeResultDecoder(item);
    fc.assert(
      fc.property(values, (answer) => {
        const data = encodeAbiParameters(item.outputs, answer as never);
        const theirs = decodeFunctionResult({ abi: [item], functionName: item.name, data });
        expect(decode(data)).toEqual(lowerAddresses(theirs));
      }),
      { numRuns: 60 },
    );
  });

  test('an answer cut short is refused, or is whole without what was cut', () => {
    const decode = makeResultDecoder(item);
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 0.999, noNaN: true }), (answer, share) => {
        const data = encodeAbiParameters(item.outputs, answer as never);
        const cut = data.slice(0, 2 + 2 * Math.floor(((data.length - 2) / 2) * share)) as Hex;
        try {
          expect(decode(cut)).toEqual(decode(data));
        } catch (error) {
          expect(error).toBeInstanceOf(VenueReadError);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('words that are no answer end in an error, not in a walk without end', () => {
  const lists = functions.find(({ name }) => name === 'lists');
  if (!lists) throw new Error('no function');
  const decode = makeResultDecoder(lists);
  const word = (value: bigint) => value.toString(16).padStart(64, '0');
  for (const length of [2n ** 255n, 2n ** 53n, 1_000_000n]) {
    expect(() => decode(`0x${word(32n)}${word(length)}`)).toThrow(VenueReadError);
  }
  expect(() => decode(`0x${word(2n ** 200n)}`)).toThrow(VenueReadError);
});

test('a type that no contract here answers is refused when the decoder is made', () => {
  const [item] = parseAbi(['function f() view returns (uint256[3])']);
  expect(() => makeResultDecoder(item)).toThrow(VenueReadError);
});
