import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Known } from '@/lib/domain/known';
import type { BookSnapshot } from '@/lib/domain/venue-actions';
import { compareRational, rational } from '@/lib/units/rational';
import { show } from '../book-testing';
import { morphoBlueModel } from './book-model';
import type { MorphoBlueTerms } from './book-terms';
import { computeEvaluation } from './evaluation';
import { examplePosition, feedSide, usdc, wstETH } from './testing';
import { toBook } from './to-book';

const E8 = 10n ** 8n;

function open(snapshot: Known<BookSnapshot<MorphoBlueTerms>>): BookSnapshot<MorphoBlueTerms> {
  if (!snapshot.known) throw new Error(snapshot.reason.text);
  return snapshot.value;
}

const showLegs = ({ position }: BookSnapshot<MorphoBlueTerms>) =>
  [...position.collateral, ...position.debt].map(({ asset, amount }) => `${show(amount)} ${asset}`);
const showPrices = ({ prices }: BookSnapshot<MorphoBlueTerms>) =>
  Object.fromEntries([...prices].map(([asset, price]) => [asset, show(price)]));

describe('10 wstETH at 3,000 against 24,000 USDC at 86 %', () => {
  test('whole tokens by CAIP-19 id, the LLTV and the yearly rate', () => {
    const position = examplePosition();
    const book = open(toBook(position));
    expect(showLegs(book)).toEqual([`10 ${wstETH.id}`, `24000 ${usdc.id}`]);
    expect(showPrices(book)).toEqual({ [usdc.id]: '1', [wstETH.id]: '3000' });
    expect(book.position).toMatchObject({ id: position.id, venue: 'morpho-blue', owner: position.owner });
    expect(show(book.position.terms.lltv)).toBe('0.86');
    // 1,585,489,599e-18 a second · 31,536,000 s = 49,999,999,994,064,000e-18
    expect(show(book.position.debt[0]?.borrowRate ?? null)).toBe('0.049999999994064');
    expect(book.position.collateral[0]?.borrowRate).toBeUndefined();
    expect(morphoBlueModel.findProblem(book.position)).toBeUndefined();
  });

  test('debt is what the contract reports: rounded up to a unit', () => {
    // one share more is a millionth of a unit more: 24,000.000000000001 → 24,000.000001
    const book = open(toBook(examplePosition({ borrowShares: 24_000n * 10n ** 12n + 1n })));
    expect(showLegs(book)[1]).toBe(`24000.000001 ${usdc.id}`);
  });

  test('what is lent in the market is left out, and so are legs of nothing', () => {
    const lending = open(toBook(examplePosition({ supplyShares: 10n ** 15n, borrowShares: 0n })));
    expect(showLegs(lending)).toEqual([`10 ${wstETH.id}`]);
    expect(showLegs(open(toBook(examplePosition({ collateral: 0n }))))).toEqual([`24000 ${usdc.id}`]);
  });

  test('prices keep the oracle’s rounding: their ratio is the price that health is measured at', () => {
    const odd = examplePosition({
      quote: feedSide(usdc, 99_990_000n),
      price: (3_000n * E8 * 10n ** 24n) / 99_990_000n,
    });
    // ⌊3000/0.9999 · 1e24⌋ = 3000300030003000300030003000; · 0.9999 / 1e24 = 3000 − 0.3e-24
    expect(showPrices(open(toBook(odd)))).toEqual({
      [usdc.id]: '0.9999',
      [wstETH.id]: '2999.9999999999999999999999997',
    });
  });

  test('overriding prices stand in both', () => {
    const book = open(toBook(examplePosition(), ({ assetId }) => (assetId === usdc.id ? 2n * E8 : 2_700n * E8)));
    expect(showPrices(book)).toEqual({ [usdc.id]: '2', [wstETH.id]: '2700' });
  });

  test('a loan token that the oracle takes as 1 against dollars costs 1', () => {
    const quote = { ...feedSide(usdc, E8), product: 1n, unit: undefined, feeds: [], fixed: true };
    const scaled = { quote, scaleFactor: 10n ** 16n };
    expect(showPrices(open(toBook(examplePosition(scaled))))).toMatchObject({ [usdc.id]: '1', [wstETH.id]: '3000' });
  });
});

describe('unknown', () => {
  const { market } = examplePosition();
  const opaque = { ...examplePosition(), market: { ...market, oracle: { ...market.oracle, parts: undefined } } };
  test.each([
    ['a feed that answers 0', examplePosition({ base: feedSide(wstETH, 0n), price: undefined }), 'price-invalid'],
    ['an oracle that does not answer', examplePosition({ price: undefined }), 'price-missing'],
    ['an oracle price that rounds down to 0', examplePosition({ price: 0n }), 'price-invalid'],
    ['an oracle that cannot be taken apart', opaque, 'price-missing'],
    ['no dollar price of the loan token', examplePosition({ quote: feedSide(usdc, undefined) }), 'price-missing'],
  ] as const)('%s', (_, position, code) => {
    expect(toBook(position)).toMatchObject({ known: false, reason: { code } });
  });
});

test('the book’s health factor is the venue’s, which is rounded down', () => {
  const amount = fc.bigInt({ min: 10n ** 16n, max: 10n ** 26n });
  fc.assert(
    fc.property(amount, amount, fc.bigInt({ min: E8, max: 10n ** 15n }), (collateral, borrowShares, answer) => {
      const position = examplePosition({
        collateral,
        borrowShares,
        base: feedSide(wstETH, answer),
        price: answer * 10n ** 16n,
      });
      const book = open(toBook(position));
      const { healthFactor, liquidatable } = morphoBlueModel.computeEvaluation(book.position, book.prices);
      const ours = computeEvaluation(position);
      if (!healthFactor || !ours.healthFactor.known || ours.healthFactor.value === null)
        throw new Error('There is debt.');
      const venue = rational(ours.healthFactor.value, 10n ** 18n);
      expect(compareRational(venue, healthFactor)).not.toBe(1);
      // Two roundings of a loan unit at least 1e4 units below the value, and one of the last decimal.
      const above = rational(ours.healthFactor.value + ours.healthFactor.value / 10n ** 3n + 1n, 10n ** 18n);
      expect(compareRational(healthFactor, above)).not.toBe(1);
      if (liquidatable) expect(ours.liquidatable).toEqual({ known: true, value: true });
    }),
  );
});
