import type { AssetAmount, BookOutcome, LiquidationStep } from '@/lib/domain/venue-model';
import { formatRational } from '@/lib/units/format-rational';
import type { Rational } from '@/lib/units/rational';

/** Heads of the outcome's table. */
export const OUTCOME_HEADS: readonly string[] = [
  'id',
  'step',
  'repaid',
  'seized',
  'fee',
  'bonus',
  'penalty',
  'collateral left',
  'debt left',
  'health after',
  'bad debt',
  'borne by',
];
const NONE = '–';

/** Columns of a position's own: its sums, where it has other than one step. */
const SUM = 'all';

/**
 * A position's outcome as rows of a table: a row a step, and one of the sums where there is other than one step. Rounded against the user from
 * the exact figures, `significant` digits at least. Values in base currency.
 *
 * Example: one step that repays 9,000 usdc: "p1  1  9000 usdc  5.55882353 eth  …".
 */
export function listOutcomeRows(id: string, outcome: BookOutcome, significant: number): readonly (readonly string[])[] {
  const write = (value: Rational, rounding: 'down' | 'up') => formatRational(value, rounding, significant);
  const list = (amounts: readonly AssetAmount[], rounding: 'down' | 'up') =>
    amounts
      .filter(({ amount }) => amount.numerator !== 0n)
      .map(({ asset, amount }) => `${write(amount, rounding)} ${asset}`)
      .join(' + ') || NONE;
  const bearerOf = (badDebt: Rational): string => (badDebt.numerator > 0n ? (outcome.badDebtBearer ?? NONE) : NONE);
  const toRow = (step: LiquidationStep, index: number): readonly string[] => [
    id,
    `${index + 1}`,
    list(step.repaid, 'up'),
    list(step.seized, 'up'),
    list(step.fee, 'up'),
    write(step.bonusValue, 'up'),
    write(step.penaltyValue, 'up'),
    list(step.collateralLeft, 'down'),
    list(step.debtLeft, 'up'),
    step.healthFactorAfter === null ? NONE : write(step.healthFactorAfter, 'down'),
    write(step.badDebt, 'up'),
    bearerOf(step.badDebt),
  ];
  const { steps, penaltyValue, badDebt } = outcome;
  const rows = steps.map(toRow);
  if (steps.length === 1) return rows;
  const blank = (count: number): readonly string[] => Array.from({ length: count }, () => '');
  const sums = [id, SUM, ...blank(4), write(penaltyValue, 'up'), ...blank(3), write(badDebt, 'up'), bearerOf(badDebt)];
  return [...rows, sums];
}
