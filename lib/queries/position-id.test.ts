import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { parsePositionId } from './position-id';

const OWNER = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const MARKET = `0x${'1'.repeat(64)}`;

const codeOf = (text: string): string | undefined => {
  try {
    parsePositionId(text);
  } catch (cause) {
    if (cause instanceof InvalidInputError) return cause.code;
    throw cause;
  }
  return undefined;
};

describe('position id', () => {
  test('is read in any case and percent-encoded', () => {
    const parts = {
      id: `morpho-blue~31337~${MARKET}~${OWNER.toLowerCase()}`,
      venue: 'morpho-blue',
      chainId: 31_337,
      market: MARKET,
      owner: OWNER.toLowerCase(),
    };
    expect(parsePositionId(`morpho-blue~31337~${MARKET}~${OWNER}`)).toEqual(parts);
    expect(parsePositionId(encodeURIComponent(`Morpho-Blue~31337~${MARKET}~${OWNER}`).replaceAll('~', '%7E'))).toEqual(
      parts,
    );
    for (const owner of [OWNER.toLowerCase(), OWNER.toUpperCase()]) {
      expect(parsePositionId(`morpho-blue~31337~${MARKET}~${owner}`)).toEqual(parts);
    }
  });

  test.each([
    ['nonsense', 'POSITION_ID'],
    ['%E0%A4%A', 'POSITION_ID'],
    [`aave-v3~x~${MARKET}~${OWNER}`, 'POSITION_ID'],
    [`aave-v3~1~${MARKET}~${OWNER}~more`, 'POSITION_ID'],
    [`nobody~1~${MARKET}~${OWNER}`, 'VENUE'],
    [`constructor~1~${MARKET}~${OWNER}`, 'VENUE'],
    [`aave-v3~1~0x12~${OWNER}`, 'MARKET'],
    [`aave-v3~1~${MARKET}~0x12`, 'ADDRESS'],
    [`aave-v3~1~${MARKET}~${OWNER.replace('aA', 'AA')}`, 'ADDRESS_CHECKSUM'],
  ])('%s is refused as %s', (text, code) => expect(codeOf(text)).toBe(code));
});
