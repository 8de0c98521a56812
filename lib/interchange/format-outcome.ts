import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { AssetAmount, LiquidationStep } from '@/lib/domain/venue-model';
import { formatRational } from '@/lib/units/format-rational';
import type { Rational } from '@/lib/units/rational';
import { modelOf } from './book';

interface AmountRecord {
  readonly asset: string;
  readonly amount: string;
}

/** A step takes one asset as a rule; those that take several are a list. */
type AmountsRecord = AmountRecord | readonly AmountRecord[];

interface StepRecord {
  readonly repaid: AmountsRecord;
  readonly seized: AmountsRecord;
  readonly fee: AmountsRecord;
  readonly penaltyValue: string;
  readonly collateralLeft: readonly AmountRecord[];
  readonly debtLeft: readonly AmountRecord[];
  readonly healthFactorAfter: string | null;
  readonly badDebt: string;
}

/** A liquidatable position as `outcome` writes it, every number a decimal string. */
export interface OutcomeRecord {
  readonly id: string;
  readonly steps: readonly StepRecord[];
  readonly penaltyValue: string;
  readonly badDebt: string;
  readonly badDebtBearer: string | null;
  readonly assumptions: readonly string[];
}

type Write = (value: Rational, rounding: 'down' | 'up') => string;

const formatAmounts = (amounts: readonly AssetAmount[], rounding: 'down' | 'up', write: Write) =>
  amounts.map(({ asset, amount }): AmountRecord => ({ asset, amount: write(amount, rounding) }));

function formatTaken(amounts: readonly AssetAmount[], write: Write): AmountsRecord {
  const records = formatAmounts(amounts, 'up', write);
  const [only] = records;
  return only && records.length === 1 ? only : records;
}

const formatStep = (step: LiquidationStep, write: Write): StepRecord => ({
  repaid: formatTaken(step.repaid, write),
  seized: formatTaken(step.seized, write),
  fee: formatTaken(step.fee, write),
  penaltyValue: write(step.penaltyValue, 'up'),
  collateralLeft: formatAmounts(step.collateralLeft, 'down', write),
  debtLeft: formatAmounts(step.debtLeft, 'up', write),
  healthFactorAfter: step.healthFactorAfter === null ? null : write(step.healthFactorAfter, 'down'),
  badDebt: write(step.badDebt, 'up'),
});

/**
 * What liquidations make of a position, step by step, by its venue's model; `undefined` where it is not liquidatable. Rounded against the
 * user: what is taken and owed up, what is left and how safe it is down; at least 18 significant digits, or as many as asked for.
 */
export function formatOutcome(
  position: BookPosition,
  prices: PriceBook,
  significant?: number,
): OutcomeRecord | undefined {
  const model = modelOf(position);
  if (!model.computeEvaluation(position, prices).liquidatable) return undefined;
  const outcome = model.computeOutcome(position, prices);
  const write: Write = (value, rounding) => formatRational(value, rounding, significant);
  return {
    id: position.id,
    steps: outcome.steps.map((step) => formatStep(step, write)),
    penaltyValue: write(outcome.penaltyValue, 'up'),
    badDebt: write(outcome.badDebt, 'up'),
    badDebtBearer: outcome.badDebtBearer ?? null,
    assumptions: outcome.assumptions,
  };
}
