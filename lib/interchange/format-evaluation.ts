import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookLiquidationPrice } from '@/lib/domain/venue-model';
import { formatRational } from '@/lib/units/format-rational';
import type { Rational } from '@/lib/units/rational';
import { modelOf } from './book';

/** A position as `evaluate` writes it: every number a decimal string, null where the figure does not exist. */
export interface EvaluationRecord {
  readonly id: string;
  readonly collateralValue: string;
  readonly debtValue: string;
  readonly healthFactor: string | null;
  readonly ltv: string | null;
  readonly collateralRatio: string | null;
  readonly liquidatable: boolean;
  readonly liquidationPrices: Readonly<Record<string, string | null>>;
  /** The reason of each null among the prices, by asset. */
  readonly liquidationPriceNotes: Readonly<Record<string, string>>;
  readonly uniformLiquidationDrop: string | null;
}

const down = (value: Rational | null): string | null => (value === null ? null : formatRational(value, 'down'));
const up = (value: Rational | null): string | null => (value === null ? null : formatRational(value, 'up'));

/** Nearer to today's price than the exact one, never further: up where a fall liquidates, down where a rise does. */
const formatPrice = (price: BookLiquidationPrice): string | null =>
  price.exists ? formatRational(price.price, price.direction === 'below' ? 'up' : 'down') : null;

/**
 * A position's figures by its venue's model, at least 18 significant digits, rounded against the user: what it has and how safe it is down,
 * what it owes up, liquidation prices toward today's.
 */
export function formatEvaluation(position: BookPosition, prices: PriceBook): EvaluationRecord {
  const model = modelOf(position);
  const evaluation = model.computeEvaluation(position, prices);
  const { alone, together } = model.computeLiquidationPrices(position, prices);
  return {
    id: position.id,
    collateralValue: formatRational(evaluation.collateralValue, 'down'),
    debtValue: formatRational(evaluation.debtValue, 'up'),
    healthFactor: down(evaluation.healthFactor),
    ltv: up(evaluation.ltv),
    collateralRatio: down(evaluation.collateralRatio),
    liquidatable: evaluation.liquidatable,
    liquidationPrices: Object.fromEntries([...alone].map(([asset, price]) => [asset, formatPrice(price)])),
    liquidationPriceNotes: Object.fromEntries(
      [...alone].flatMap(([asset, price]) => (price.exists ? [] : [[asset, price.text]])),
    ),
    uniformLiquidationDrop: together.exists ? formatRational(together.drop, 'down') : null,
  };
}
