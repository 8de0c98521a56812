import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { BookOutcome } from '@/lib/domain/venue-model';
import { computeTotalValue } from '@/lib/risk/liquidation/book-values';
import { type Rational, sumRational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import type { AnyModel } from './form-positions';

/** What liquidations would cost over all positions; base currency at the prices they were asked for. */
export interface ComparedOutcome {
  /** How many of the positions are liquidated. */
  readonly liquidated: number;
  readonly steps: number;
  readonly repaidValue: Rational;
  readonly seizedValue: Rational;
  readonly penaltyValue: Rational;
  readonly badDebt: Rational;
  /** Whoever bears it, each once; empty where there is none. */
  readonly badDebtBearers: readonly string[];
  /** Of each position, in their order. */
  readonly outcomes: readonly BookOutcome[];
  /** What the venues' outcomes assumed, each once. */
  readonly assumptions: readonly string[];
}

const sum = (values: readonly Rational[]): Rational => reduceRational(sumRational(values));

/** The outcomes of several positions of one venue, added up. */
export function computeComparedOutcome(
  model: AnyModel,
  positions: readonly BookPosition[],
  prices: PriceBook,
): ComparedOutcome {
  const outcomes = positions.map((position) => model.computeOutcome(position, prices));
  const steps = outcomes.flatMap((outcome) => outcome.steps);
  const liquidated = positions.filter((position) => model.computeEvaluation(position, prices).liquidatable);
  return {
    liquidated: liquidated.length,
    steps: steps.length,
    repaidValue: sum(steps.map(({ repaid }) => computeTotalValue(repaid, prices))),
    seizedValue: sum(steps.map(({ seized }) => computeTotalValue(seized, prices))),
    penaltyValue: sum(outcomes.map(({ penaltyValue }) => penaltyValue)),
    badDebt: sum(outcomes.map(({ badDebt }) => badDebt)),
    badDebtBearers: [...new Set(outcomes.flatMap(({ badDebtBearer }) => badDebtBearer ?? []))],
    outcomes,
    assumptions: [...new Set(outcomes.flatMap(({ assumptions }) => assumptions))],
  };
}
