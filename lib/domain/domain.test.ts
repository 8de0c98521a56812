import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress, toAssetId } from './asset';
import { decodeJson, encodeJson } from './codec';
import { InvalidInputError } from './errors';

describe('codec', () => {
  test('bigints of any size survive, floats and strings stay what they are', () => {
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 3 },
        fc.bigInt({ min: -(2n ** 300n), max: 2n ** 300n }),
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('node')),
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((k) => k !== '__proto__'),
          tie('node'),
        ),
      ),
    })).node;
    fc.assert(
      fc.property(value, (original) => {
        expect(decodeJson(encodeJson(original))).toEqual(original);
      }),
    );
  });

  test.each(['{"$bigint":"1.5"}', '{"$bigint":1}', '{"$bigint":"1","x":1}', '{'])('%s is refused', (text) => {
    expect(() => decodeJson(text)).toThrow(InvalidInputError);
  });
});

test('addresses are compared in lower case', () => {
  const mixed = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2';
  expect(parseAddress(` ${mixed} `)).toBe(mixed.toLowerCase());
  expect(toAssetId(1, mixed)).toBe(`eip155:1/erc20:${mixed.toLowerCase()}`);
  expect(() => parseAddress('0x123')).toThrow(InvalidInputError);
});
