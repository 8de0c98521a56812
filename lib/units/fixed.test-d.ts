import { expectTypeOf, test } from 'vitest';
import {
  add,
  type Bps,
  basePrice,
  baseValue,
  bps,
  type Ray,
  ray,
  type TokenAmount,
  tokenAmount,
  type Wad,
  wad,
} from './fixed';

test('one measure adds to itself', () => {
  expectTypeOf(add(wad(1n), wad(2n))).toEqualTypeOf<Wad>();
  expectTypeOf(add(tokenAmount<6>(1n), tokenAmount<6>(2n))).toEqualTypeOf<TokenAmount<6>>();
});

test('units and decimals do not mix', () => {
  expectTypeOf<Ray>().not.toExtend<Wad>();
  expectTypeOf<Bps>().not.toExtend<Wad>();
  expectTypeOf<bigint>().not.toExtend<Wad>();
  expectTypeOf<TokenAmount<6>>().not.toExtend<TokenAmount<18>>();
  expectTypeOf(baseValue(1n)).not.toExtend<ReturnType<typeof basePrice>>();
  // @ts-expect-error a 27-decimal ratio does not add to an 18-decimal one
  add(wad(1n), ray(1n));
  // @ts-expect-error basis points do not add to a wad
  add(wad(1n), bps(1n));
  // @ts-expect-error a 6-decimal token does not add to an 18-decimal one
  add(tokenAmount<6>(1n), tokenAmount<18>(1n));
  // @ts-expect-error a price is no value
  add(baseValue(1n), basePrice(1n));
  // @ts-expect-error a sum made with + has lost its measure
  const bare: Wad = wad(1n) + wad(2n);
  expectTypeOf(bare).toEqualTypeOf<Wad>();
});
