import type { PriceBook } from '@/lib/domain/book-position';
import { InvalidInputError } from '@/lib/domain/errors';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { multiplyRational, type Rational, rational } from '@/lib/units/rational';
import { UsageError } from './usage-error';

const PRICE = /^([^=]+)=(\d{1,60})(?:\.(\d{1,60}))?$/;
const SHOCK = /^([^=]+)=([+-]?)(\d{1,6})(?:\.(\d{1,12}))?%$/;
const HUNDRED = 100n;

const toRational = (whole: string, fraction = ''): Rational =>
  rational(BigInt(whole + fraction), powerOfTen(fraction.length));

function need(prices: PriceBook, asset: string, option: string): Rational {
  const price = prices.get(asset);
  if (price) return price;
  throw new InvalidInputError('ASSET', `${option}: the book has no price of "${asset}".`, { inputs: { asset } });
}

function keepAboveZero(asset: string, price: Rational, option: string): Rational {
  if (price.numerator > 0n) return price;
  throw new InvalidInputError('PRICE', `${option}: the price of "${asset}" would not be above 0.`, {
    inputs: { asset },
  });
}

/** `eth=2500` puts a price in the place of the book's. Errors: `UsageError`, `InvalidInputError`. */
function applyPrice(prices: Map<string, Rational>, text: string): void {
  const [, asset, whole, fraction] = PRICE.exec(text) ?? [];
  if (!asset || !whole) throw new UsageError(`--price ${text}: asset=price is expected, such as eth=2500`);
  need(prices, asset, `--price ${text}`);
  prices.set(asset, keepAboveZero(asset, toRational(whole, fraction), `--price ${text}`));
}

/** `eth=-20%` moves a price by a part of it. Errors: as above. */
function applyShock(prices: Map<string, Rational>, text: string): void {
  const [, asset, sign, whole, fraction] = SHOCK.exec(text) ?? [];
  if (!asset || !whole) throw new UsageError(`--shock ${text}: asset=change% is expected, such as eth=-20%`);
  const { numerator, denominator } = toRational(whole, fraction);
  const change = sign === '-' ? -numerator : numerator;
  const factor = rational(HUNDRED * denominator + change, HUNDRED * denominator);
  const moved = multiplyRational(need(prices, asset, `--shock ${text}`), factor);
  prices.set(asset, keepAboveZero(asset, moved, `--shock ${text}`));
}

/** The book's prices with those of `--price` put in, then moved by `--shock`. */
export function changePrices(
  prices: PriceBook,
  options: { readonly price: readonly string[]; readonly shock: readonly string[] },
): PriceBook {
  const changed = new Map(prices);
  for (const text of options.price) applyPrice(changed, text);
  for (const text of options.shock) applyShock(changed, text);
  return changed;
}
