import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { AssetAmount, LiquidationStep } from '@/lib/domain/venue-model';
import { formatRational } from '@/lib/units/format-rational';
import { computeSettlement } from './compute-settlement';

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

const formatAmounts = (amounts: readonly AssetAmount[], rounding: 'down' | 'up'): readonly AmountRecord[] =>
  amounts.map(({ asset, amount }) => ({ asset, amount: formatRational(amount, rounding) }));

function formatTaken(amounts: readonly AssetAmount[]): AmountsRecord {
  const records = formatAmounts(amounts, 'up');
  const [only] = records;
  return only && records.length === 1 ? only : records;
}

const formatStep = (step: LiquidationStep): StepRecord => ({
  repaid: formatTaken(step.repaid),
  seized: formatTaken(step.seized),
  fee: formatTaken(step.fee),
  penaltyValue: formatRational(step.penaltyValue, 'up'),
  collateralLeft: formatAmounts(step.collateralLeft, 'down'),
  debtLeft: formatAmounts(step.debtLeft, 'up'),
  healthFactorAfter: step.healthFactorAfter === null ? null : formatRational(step.healthFactorAfter, 'down'),
  badDebt: formatRational(step.badDebt, 'up'),
});

/**
 * What liquidations make of a position, step by step, by its venue's model; `undefined` where it is not liquidatable. Rounded against the
 * user: what is taken and owed up, what is left and how safe it is down.
 */
export function formatOutcome(position: BookPosition, prices: PriceBook): OutcomeRecord | undefined {
  const outcome = computeSettlement(position, prices);
  if (!outcome) return undefined;
  return {
    id: position.id,
    steps: outcome.steps.map(formatStep),
    penaltyValue: formatRational(outcome.penaltyValue, 'up'),
    badDebt: formatRational(outcome.badDebt, 'up'),
    badDebtBearer: outcome.badDebtBearer ?? null,
    assumptions: outcome.assumptions,
  };
}
