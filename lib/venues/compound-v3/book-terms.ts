import * as z from 'zod/mini';
import { ONE } from '@/lib/risk/liquidation/book-values';
import { compareRational, type Rational, rational } from '@/lib/units/rational';
import { decimalTerm } from '../decimal-term';

export interface CompoundV3Terms {
  /** The storefront's discount is this share of what the borrower loses: 0.5 is half of 1 − liquidationFactor. At most 1. */
  readonly storeFrontPriceFactor: Rational;
}

/** Of the mainnet USDC market (`comet`, `deployments/mainnet/usdc/configuration.json`: `storeFrontPriceFactor` 0.5). */
const DEFAULT_STORE_FRONT_PRICE_FACTOR = rational(1n, 2n);

export const compoundV3TermsSchema = z.strictObject({
  storeFrontPriceFactor: z._default(
    decimalTerm.check(
      z.refine((factor) => compareRational(factor, ONE) <= 0, 'must be at most 1: the contract refuses more'),
    ),
    DEFAULT_STORE_FRONT_PRICE_FACTOR,
  ),
});
