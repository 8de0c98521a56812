import type { BookLeg, BookPosition, LegParameter, PriceBook } from '@/lib/domain/book-position';
import type { AssetAmount } from '@/lib/domain/venue-model';
import { absoluteRational, type Rational, rational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';

/** For tests: reads a decimal or a fraction as people write it, "0.83" or "-19/12". */
export function fraction(text: string): Rational {
  const [, sign, whole = '', decimals = '', denominator = '1'] = /^(-?)(\d+)(?:\.(\d+))?(?:\/(\d+))?$/.exec(text) ?? [];
  const magnitude = rational(BigInt(whole + decimals), BigInt(denominator) * 10n ** BigInt(decimals.length));
  return sign === '-' ? rational(-magnitude.numerator, magnitude.denominator) : magnitude;
}

/** For tests: writes a fraction in lowest terms, as a decimal where it ends within 30 digits ("8.925"), else as "19/12". */
export function show(value: Rational | null): string {
  if (value === null) return 'null';
  const { numerator, denominator } = reduceRational(value);
  const scaled = 10n ** 30n;
  if (scaled % denominator !== 0n) return `${numerator}/${denominator}`;
  const digits = (absoluteRational(value).numerator * scaled) / value.denominator;
  const decimals = (digits % scaled).toString().padStart(30, '0').replace(/0+$/, '');
  return `${numerator < 0n ? '-' : ''}${digits / scaled}${decimals ? `.${decimals}` : ''}`;
}

export const showAmounts = (amounts: readonly AssetAmount[]): readonly string[] =>
  amounts.map(({ asset, amount }) => `${show(amount)} ${asset}`);

export type LegText = readonly [asset: string, amount: string, parameters?: Partial<Record<LegParameter, string>>];

const toLeg = ([asset, amount, parameters = {}]: LegText): BookLeg => ({
  asset,
  amount: fraction(amount),
  enabled: true,
  parameters: Object.fromEntries(Object.entries(parameters).map(([name, text]) => [name, fraction(text)])),
  borrowRate: undefined,
});

/** For tests: a position of a book from texts. */
export const bookPosition = <Terms>(
  venue: string,
  terms: Terms,
  collateral: readonly LegText[],
  debt: readonly LegText[],
): BookPosition<Terms> => ({
  id: 'p1',
  venue,
  owner: undefined,
  counterparty: undefined,
  collateral: collateral.map(toLeg),
  debt: debt.map(toLeg),
  terms,
});

/** For tests: prices from texts. */
export const bookPrices = (prices: Readonly<Record<string, string>>): PriceBook =>
  new Map(Object.entries(prices).map(([asset, text]) => [asset, fraction(text)]));
