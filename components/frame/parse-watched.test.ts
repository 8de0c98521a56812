import { expect, test } from 'vitest';
import { parseWatched } from './parse-watched';

const lower = `0x${'ab'.repeat(20)}`;
const other = `0x${'12'.repeat(20)}`;

test('an address or a wrong text that stands twice in the link counts once', () => {
  const texts = ['nonsense', lower, '0x12', other, lower, 'nonsense', '0x12', other];
  expect(parseWatched(texts)).toEqual({ addresses: [lower, other], invalid: ['nonsense', '0x12'] });
});

test('an address in capitals is the same address', () => {
  expect(parseWatched([lower, `0x${'AB'.repeat(20)}`]).addresses).toEqual([lower]);
});
