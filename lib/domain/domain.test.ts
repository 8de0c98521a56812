import fc from 'fast-check';
import { getAddress } from 'viem';
import { describe, expect, test } from 'vitest';
import { parseAddress, toAssetId } from './asset';
import { computeChecksumDigits } from './checksum';
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

describe('checksum of an address', () => {
  const digits = fc.stringMatching(/^[0-9a-f]{40}$/);

  test('equals viem’s', () => {
    fc.assert(
      fc.property(digits, (text) => {
        expect(`0x${computeChecksumDigits(text)}`).toBe(getAddress(`0x${text}`));
      }),
      { numRuns: 300 },
    );
  });

  test('one case alone is taken as it is, mixed case only with the right checksum', () => {
    const right = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
    const lower = right.toLowerCase();
    for (const text of [right, lower, `0x${right.slice(2).toUpperCase()}`]) expect(parseAddress(text)).toBe(lower);
    const codeOf = (text: string) => {
      try {
        return parseAddress(text);
      } catch (cause) {
        return cause instanceof InvalidInputError ? cause.code : cause;
      }
    };
    expect(codeOf(right.replace('aA', 'AA'))).toBe('ADDRESS_CHECKSUM');
    expect(codeOf(right.replace('E94', 'E95'))).toBe('ADDRESS_CHECKSUM');
    expect(codeOf(right.slice(0, -1))).toBe('ADDRESS');
  });
});
