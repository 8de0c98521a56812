import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import { formatRational } from '@/lib/units/format-rational';
import type { Rational } from '@/lib/units/rational';
import { roundTowardToday } from '@/lib/units/round-toward-today';
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

/**
 * A position's figures by its venue's model, at least 18 significant digits or as many as asked for, rounded against the user: what it has
 * and how safe it is down, what it owes up, liquidation prices toward today's. With four digits asked for a
 * health factor of 383/300 is "1.2766", a loan-to-value of 12/19 "0.6316".
 */
export function formatEvaluation(position: BookPosition, prices: PriceBook, significant?: number): EvaluationRecord {
  const write = (value: Rational, rounding: 'down' | 'up') => formatRational(value, rounding, significant);
  const down = (value: Rational | null) => (value === null ? null : write(value, 'down'));
  const up = (value: Rational | null) => (value === null ? null : write(value, 'up'));
  const model = modelOf(position);
  const evaluation = model.computeEvaluation(position, prices);
  const { alone, together } = model.computeLiquidationPrices(position, prices);
  return {
    id: position.id,
    collateralValue: write(evaluation.collateralValue, 'down'),
    debtValue: write(evaluation.debtValue, 'up'),
    healthFactor: down(evaluation.healthFactor),
    ltv: up(evaluation.ltv),
    collateralRatio: down(evaluation.collateralRatio),
    liquidatable: evaluation.liquidatable,
    liquidationPrices: Object.fromEntries(
      [...alone].map(([asset, price]) => [
        asset,
        price.exists ? write(price.price, roundTowardToday(price.direction)) : null,
      ]),
    ),
    liquidationPriceNotes: Object.fromEntries(
      [...alone].flatMap(([asset, price]) => (price.exists ? [] : [[asset, price.text]])),
    ),
    uniformLiquidationDrop: together.exists ? write(together.drop, 'down') : null,
  };
}
