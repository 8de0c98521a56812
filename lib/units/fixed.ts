/**
 * Branded fixed point: a `bigint` that knows what it measures and how many decimals it carries.
 *
 * The brand exists only for the compiler. A `Ray` cannot be passed where a `Wad` is wanted, an amount of a 6-decimal token cannot be
 * added to one of an 18-decimal token by `add`, and plain arithmetic (`a + b`) gives back an unbranded `bigint` that fits nowhere until
 * a constructor in this file says what it is.
 */
declare const measure: unique symbol;

export type Fixed<Kind extends string, Decimals extends number> = bigint & {
  readonly [measure]: { readonly kind: Kind; readonly decimals: Decimals };
};

/** A dimensionless ratio with 18 decimals: 1.5 is 1500000000000000000n. */
export type Wad = Fixed<'ratio', 18>;
/** A dimensionless ratio with 27 decimals: interest indexes and yearly rates. */
export type Ray = Fixed<'ratio', 27>;
/** A ratio in basis points: 83 % is 8300n. */
export type Bps = Fixed<'ratio', 4>;
/** A price in a market's base currency (US dollars on the markets read here), 8 decimals, per one whole token. */
export type BasePrice = Fixed<'price', 8>;
/** A value in a market's base currency, 8 decimals. */
export type BaseValue = Fixed<'value', 8>;
/** An amount of a token in its smallest unit; `D` is the token's decimals where they are known to the compiler. */
export type TokenAmount<D extends number = number> = Fixed<'amount', D>;

export const WAD = 10n ** 18n;
export const RAY = 10n ** 27n;
export const BPS = 10n ** 4n;
export const BASE_UNIT = 10n ** 8n;

/** Says that a raw integer is a ratio with 18 decimals. `wad(15n * 10n ** 17n)` is 1.5. */
export const wad = (raw: bigint): Wad => raw as Wad;
/** Says that a raw integer is a ratio with 27 decimals. */
export const ray = (raw: bigint): Ray => raw as Ray;
/** Says that a raw integer counts basis points. `bps(8300n)` is 83 %. */
export const bps = (raw: bigint): Bps => raw as Bps;
/** Says that a raw integer is a base-currency price with 8 decimals. `basePrice(300000000000n)` is 3,000. */
export const basePrice = (raw: bigint): BasePrice => raw as BasePrice;
/** Says that a raw integer is a base-currency value with 8 decimals. */
export const baseValue = (raw: bigint): BaseValue => raw as BaseValue;
/** Says that a raw integer is an amount of a token in its smallest unit. */
export const tokenAmount = <D extends number = number>(raw: bigint): TokenAmount<D> => raw as TokenAmount<D>;

/** Sum of two figures of one measure. `add(wad(1n), wad(2n))` is `wad(3n)`; `add(wad(1n), ray(2n))` does not compile. */
export const add = <Kind extends string, D extends number>(
  a: Fixed<Kind, D>,
  b: NoInfer<Fixed<Kind, D>>,
): Fixed<Kind, D> => ((a as bigint) + (b as bigint)) as Fixed<Kind, D>;
