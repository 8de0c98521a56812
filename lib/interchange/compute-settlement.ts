import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookOutcome } from '@/lib/domain/venue-model';
import { modelOf } from './book';

/**
 * What liquidations make of a position by its venue's model, exact; `undefined` where it is not liquidatable.
 *
 * Errors: `InvalidInputError` PRICE_MISSING. Example: 10 ETH at 80 % against 12,000: none at 1,500, one at 1,499.
 */
export function computeSettlement(position: BookPosition, prices: PriceBook): BookOutcome | undefined {
  const model = modelOf(position);
  return model.computeEvaluation(position, prices).liquidatable ? model.computeOutcome(position, prices) : undefined;
}
