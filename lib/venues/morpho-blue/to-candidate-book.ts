import { type Known, known } from '@/lib/domain/known';
import type { PriceOverride } from '@/lib/domain/price';
import type { CandidateBook } from '@/lib/domain/venue-actions';
import { rational } from '@/lib/units/rational';
import type { MorphoPosition } from './state';
import { toBook } from './to-book';

/**
 * `toBook` with the side that the position lacks: a market has one collateral and one loan token, and nothing else joins a position of it.
 * Example: 10 wstETH without debt in wstETH/USDC: USDC is the candidate debt.
 */
export function toCandidateBook(position: MorphoPosition, override?: PriceOverride): Known<CandidateBook> {
  const book = toBook(position, override);
  if (!book.known) return book;
  const { collateral, loan } = position.market;
  const lacks = { collateral: position.collateral === 0n, debt: position.borrowShares === 0n };
  const leg = { amount: rational(0n), enabled: true, parameters: {}, borrowRate: undefined };
  return known({
    ...book.value,
    candidates: {
      collateral: lacks.collateral ? [{ ...leg, asset: collateral.id }] : [],
      debt: lacks.debt ? [{ ...leg, asset: loan.id }] : [],
    },
    assets: [...(lacks.collateral ? [collateral] : []), ...(lacks.debt ? [loan] : [])],
  });
}
