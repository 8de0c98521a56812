import {
  compareRational,
  divideRational,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { ZERO } from '../liquidation/book-values';

/** Minimise Σ cost·x over x ≥ 0 with Σ row·x ≤ limit for every row. */
export interface LinearProgramme {
  /** All at least 0. */
  readonly costs: readonly Rational[];
  readonly rows: readonly { readonly factors: readonly Rational[]; readonly limit: Rational }[];
}

/**
 * The programme as a dictionary: basic variables as what is left of their limits when the others, at 0 now, rise. Variables 0 … n−1 are x,
 * n … n+m−1 the slacks of the rows.
 */
interface Dictionary {
  readonly basic: readonly number[];
  readonly free: readonly number[];
  readonly rows: readonly (readonly Rational[])[];
  readonly limits: readonly Rational[];
  readonly costs: readonly Rational[];
}

const at = <T>(items: readonly T[], index: number): T => items[index] as T;

/** The row to leave: a limit below 0; of several the one of the lowest variable, so that no circle is possible. */
function findLeaving({ basic, limits }: Dictionary): number | undefined {
  const open = limits.flatMap((limit, row) => (limit.numerator < 0n ? [row] : []));
  return open.reduce<number | undefined>(
    (best, row) => (best === undefined || at(basic, row) < at(basic, best) ? row : best),
    undefined,
  );
}

/** The variable to enter: that raises the row at the least cost; ties by the lowest variable. */
function findEntering({ free, rows, costs }: Dictionary, row: number): number | undefined {
  const ratioOf = (column: number): Rational => {
    const { numerator, denominator } = at(at(rows, row), column);
    return divideRational(at(costs, column), rational(-numerator, denominator));
  };
  const raising = at(rows, row).flatMap((factor, column) => (factor.numerator < 0n ? [column] : []));
  return raising.reduce<number | undefined>((best, column) => {
    if (best === undefined) return column;
    const order = compareRational(ratioOf(column), ratioOf(best)) || at(free, column) - at(free, best);
    return order < 0 ? column : best;
  }, undefined);
}

/** base − factor·pivoted, in lowest terms. */
const eliminate = (base: Rational, factor: Rational, pivoted: Rational): Rational =>
  factor.numerator === 0n || pivoted.numerator === 0n
    ? base
    : reduceRational(subtractRational(base, multiplyRational(factor, pivoted)));

function pivot(dictionary: Dictionary, row: number, column: number): Dictionary {
  const { basic, free, rows, limits, costs } = dictionary;
  const element = at(at(rows, row), column);
  const scale = (value: Rational): Rational => reduceRational(divideRational(value, element));
  const inverse = scale(rational(1n));
  const pivotRow = at(rows, row).map((value, index) => (index === column ? inverse : scale(value)));
  const pivotLimit = scale(at(limits, row));
  const reduceRow = (values: readonly Rational[]): readonly Rational[] => {
    const factor = at(values, column);
    return values.map((value, index) => eliminate(index === column ? ZERO : value, factor, at(pivotRow, index)));
  };
  return {
    basic: basic.map((variable, index) => (index === row ? at(free, column) : variable)),
    free: free.map((variable, index) => (index === column ? at(basic, row) : variable)),
    rows: rows.map((values, index) => (index === row ? pivotRow : reduceRow(values))),
    limits: limits.map((limit, index) =>
      index === row ? pivotLimit : eliminate(limit, at(at(rows, index), column), pivotLimit),
    ),
    costs: reduceRow(costs),
  };
}

/**
 * The exact solution of a small linear programme whose costs are all at least 0, by the dual simplex method over fractions: all at 0 is
 * cheapest but breaks the rows whose limit is negative; each step mends one of them with the variable that does it at the least cost, and
 * none becomes cheaper. Bland's rule makes it end. `undefined` where no x keeps all rows.
 *
 * Example: costs 1 and 2, x₀ + 3·x₁ ≥ 6 (written −x₀ − 3·x₁ ≤ −6), x₁ ≤ 1: x₁ = 1, x₀ = 3.
 */
export function minimiseCost({ costs, rows }: LinearProgramme): readonly Rational[] | undefined {
  let dictionary: Dictionary = {
    basic: rows.map((_, row) => costs.length + row),
    free: costs.map((_, column) => column),
    rows: rows.map(({ factors }) => factors.map(reduceRational)),
    limits: rows.map(({ limit }) => reduceRational(limit)),
    costs: costs.map(reduceRational),
  };
  for (let row = findLeaving(dictionary); row !== undefined; row = findLeaving(dictionary)) {
    const column = findEntering(dictionary, row);
    if (column === undefined) return undefined;
    dictionary = pivot(dictionary, row, column);
  }
  const { basic, limits } = dictionary;
  return costs.map((_, variable) => limits[basic.indexOf(variable)] ?? ZERO);
}
