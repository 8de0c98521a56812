import { describe, expect, test } from 'vitest';
import { InvalidInputError } from '@/lib/domain/errors';
import { drain } from '@/lib/risk/exposure/testing';
import { rational } from '@/lib/units/rational';
import { readGoodRows } from './read-good-rows';

const HEAD = 'position_id,venue,side,asset,amount,price,terms';
const MORPHO = '"{""lltv"":""0.86""}"';
const csv = (...rows: readonly string[]) => `${[HEAD, ...rows].join('\n')}\n`;
const read = (...rows: readonly string[]) => {
  const { book, leftOut } = drain(readGoodRows(csv(...rows)));
  return { ids: book.positions.map(({ id }) => id), leftOut, prices: book.prices };
};

const GOOD = [`good,morpho-blue,collateral,eth,10,3000,${MORPHO}`, `good,morpho-blue,debt,usdc,9000,1,${MORPHO}`];

describe('the good rows of a CSV', () => {
  test('are all of a file that is in order', () => {
    expect(read(...GOOD)).toMatchObject({ ids: ['good'], leftOut: [] });
  });

  test('a position with one bad row is left out as a whole, with line and column of the fault', () => {
    const { ids, leftOut, prices } = read(
      `bad,morpho-blue,collateral,wbtc,1,90000,${MORPHO}`,
      ...GOOD,
      `bad,morpho-blue,debt,usdc,minus one,1,${MORPHO}`,
    );
    expect(ids).toEqual(['good']);
    expect(leftOut.map(({ id }) => id)).toEqual(['bad']);
    expect(leftOut[0]?.fault).toMatch(/^line 5, column amount: /);
    // Nothing of it stays, not even a price.
    expect([...prices.keys()]).toEqual(['eth', 'usdc']);
  });

  test('a fault that only the venue finds is told at its row', () => {
    const second = `two,morpho-blue,collateral,wbtc,1,90000,${MORPHO}`;
    const { leftOut } = read(`two,morpho-blue,collateral,eth,1,3000,${MORPHO}`, second, ...GOOD);
    expect(leftOut[0]?.fault).toMatch(/^line 3, column collateral: /);
  });

  test('who contradicts a price that stands is left out; the price stays', () => {
    const { ids, leftOut, prices } = read(...GOOD, `other,morpho-blue,collateral,eth,1,2999,${MORPHO}`);
    expect(ids).toEqual(['good']);
    expect(leftOut[0]?.fault).toMatch(/^line 4, column price: /);
    expect(prices.get('eth')).toEqual(rational(3_000n));
  });

  test.each([
    ['a row that belongs to no position may be anyone’s debt', csv(...GOOD, `,morpho-blue,debt,usdc,9000,1,${MORPHO}`)],
    ['a column is missing', 'position_id,venue\na,b\n'],
    ['there is nothing in it', '\n'],
    ['what is no CSV', `${HEAD}\n"open,morpho-blue`],
  ])('%s: none can be told', (_, text) => {
    expect(() => drain(readGoodRows(text))).toThrow(InvalidInputError);
  });
});
