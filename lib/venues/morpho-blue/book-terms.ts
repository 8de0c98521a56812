import * as z from 'zod/mini';
import { ONE } from '@/lib/risk/liquidation/book-values';
import { compareRational, type Rational } from '@/lib/units/rational';
import { decimalTerm } from '../decimal-term';

export interface MorphoBlueTerms {
  /** The market's liquidation LTV, fixed at its creation: 0.86 is 86 %. Below 1 (`Morpho.enableLltv`). */
  readonly lltv: Rational;
}

export const morphoBlueTermsSchema = z.strictObject({
  lltv: decimalTerm.check(
    z.refine((lltv) => compareRational(lltv, ONE) < 0, 'must be below 1: the contract refuses more'),
  ),
});
