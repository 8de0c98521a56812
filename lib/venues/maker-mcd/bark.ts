import {
  compareRational,
  divideRational,
  minRational,
  multiplyRational,
  type Rational,
  subtractRational,
} from '@/lib/units/rational';
import type { MakerMcdTerms } from './book-terms';

/** One vault's own figures: collateral tokens, DAI owed (art · rate). */
export interface Vault {
  readonly ink: Rational;
  readonly debt: Rational;
}

/** What `bark` moves into an auction, or why it reverts. */
export type Bark =
  | { readonly ok: true; readonly lot: Rational; readonly due: Rational }
  | { readonly ok: false; readonly text: string };

/**
 * What one `Dog.bark` takes (`dss/src/dog.sol`), nothing else being auctioned: due = min(debt, room / chop) with room = min(Hole, hole); all
 * of the debt where less than `dust` would stay behind; lot = ink · due / debt. Reverts where there is no room or no collateral, and where
 * a partial auction would itself be below `dust`.
 * Example: 40 against 100 DAI, hole 80, no penalty, dust 20: due 80, lot 32.
 */
export function computeBark({ ink, debt }: Vault, terms: MakerMcdTerms): Bark {
  const room = minRational(terms.Hole, terms.hole);
  if (room.numerator === 0n) return { ok: false, text: 'The Dog has no room for an auction (hole 0).' };
  if (ink.numerator === 0n) return { ok: false, text: 'There is no collateral to auction.' };
  let due = minRational(debt, divideRational(room, terms.chop));
  if (compareRational(subtractRational(debt, due), terms.dust) < 0) due = debt;
  else if (compareRational(due, terms.dust) < 0 && compareRational(due, debt) < 0) {
    return {
      ok: false,
      text: 'The Dog refuses an auction of less debt than dust, and its hole leaves no room for more.',
    };
  }
  return { ok: true, due, lot: divideRational(multiplyRational(ink, due), debt) };
}
