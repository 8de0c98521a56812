import { expect, test } from 'vitest';
import { formatProbe, parseProbe } from './probe-state';

const WETH = `0x${'c'.repeat(40)}`;
const WBTC = `0x${'b'.repeat(40)}`;

test('prices by token travel in a link', () => {
  const text = `${WETH}:2000.5,${WBTC}:61000`;
  expect([...(parseProbe(text) ?? [])]).toEqual([
    [WETH, '2000.5'],
    [WBTC, '61000'],
  ]);
  expect(formatProbe(parseProbe(text) ?? new Map())).toBe(text);
});

test.each(['', 'eth:2000', `${WETH}:-1`, `${WETH}:1e5`, `${WETH}`, `${WETH}:1,`, `${WETH.toUpperCase()}:1`])(
  '%j is none',
  (text) => {
    expect(parseProbe(text)).toBeNull();
  },
);
