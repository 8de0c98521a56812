import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addRational,
  compareRational,
  divideRational,
  multiplyRational,
  type Rational,
  rational,
  subtractRational,
  sumRational,
} from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { type LinearProgramme, minimiseCost } from './minimise-cost';

const of = (value: number): Rational => rational(BigInt(value));
const ZERO = rational(0n);
const programme = (costs: readonly number[], rows: readonly (readonly [readonly number[], number])[]) => ({
  costs: costs.map(of),
  rows: rows.map(([factors, limit]) => ({ factors: factors.map(of), limit: of(limit) })),
});
const show = (values: readonly Rational[] | undefined): readonly string[] | undefined =>
  values?.map(reduceRational).map(({ numerator, denominator }) => `${numerator}/${denominator}`);

test('the documented example', () => {
  // x0 + 3·x1 ≥ 6 at 1 and 2 a piece, x1 ≤ 1: x1 is cheaper by what it brings (2/3), so all of it, then 3 of x0.
  expect(
    show(
      minimiseCost(
        programme(
          [1, 2],
          [
            [[-1, -3], -6],
            [[0, 1], 1],
          ],
        ),
      ),
    ),
  ).toEqual(['3/1', '1/1']);
});

test('two that share a limit: the cheaper by what it brings gives way where the limit binds', () => {
  // x0 brings 2 at 1, x1 brings 5 at 4, both out of 4: 2·x0 + 5·x1 ≥ 14. Cheapest by gain is x0 (2 a unit of cost) but 4 of it bring 8 only;
  // exchanging for x1: x0 + x1 = 4 and 2·x0 + 5·x1 = 14 give x0 = 2, x1 = 2, cost 10. Greedy would stop at 8.
  expect(
    show(
      minimiseCost(
        programme(
          [1, 4],
          [
            [[-2, -5], -14],
            [[1, 1], 4],
          ],
        ),
      ),
    ),
  ).toEqual(['2/1', '2/1']);
});

test('nothing needed: nothing done; too much needed: none', () => {
  expect(
    show(
      minimiseCost(
        programme(
          [1, 4],
          [
            [[-2, -5], 0],
            [[1, 1], 4],
          ],
        ),
      ),
    ),
  ).toEqual(['0/1', '0/1']);
  expect(
    minimiseCost(
      programme(
        [1, 4],
        [
          [[-2, -5], -21],
          [[1, 1], 4],
        ],
      ),
    ),
  ).toBeUndefined();
  expect(minimiseCost(programme([], [[[], -1]]))).toBeUndefined();
});

/** Solves a square system by elimination; undefined where it has no single solution. */
function solveSquare(given: readonly (readonly Rational[])[]): readonly Rational[] | undefined {
  const rows = given.map((row) => [...row]);
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    const pivot = rows.findIndex((row, index) => index >= column && row[column]?.numerator !== 0n);
    if (pivot < 0) return undefined;
    const [top, chosen] = [rows[column] as Rational[], rows[pivot] as Rational[]];
    [rows[column], rows[pivot]] = [chosen, top];
    for (let index = 0; index < size; index += 1) {
      const row = rows[index] as Rational[];
      if (index === column || row[column]?.numerator === 0n) continue;
      const factor = divideRational(row[column] as Rational, chosen[column] as Rational);
      rows[index] = row.map((value, at) =>
        reduceRational(subtractRational(value, multiplyRational(factor, chosen[at] as Rational))),
      );
    }
  }
  return rows.map((row, index) => divideRational(row[size] as Rational, row[index] as Rational));
}

function* choose<T>(items: readonly T[], count: number, from = 0): Generator<readonly T[]> {
  if (count === 0) yield [];
  else
    for (let index = from; index <= items.length - count; index += 1) {
      for (const rest of choose(items, count - 1, index + 1)) yield [items[index] as T, ...rest];
    }
}

const dot = (a: readonly Rational[], b: readonly Rational[]): Rational =>
  sumRational(a.map((value, index) => multiplyRational(value, b[index] ?? ZERO)));

/** The least cost over every corner of the feasible set: n of the rows and of x ≥ 0 hold exactly. */
function findLeastCost({ costs, rows }: LinearProgramme): Rational | undefined {
  const walls = [
    ...rows.map(({ factors, limit }) => [...factors, limit]),
    ...costs.map((_, index) => [...costs.map((_, other) => of(other === index ? -1 : 0)), ZERO]),
  ];
  let least: Rational | undefined;
  for (const tight of choose(walls, costs.length)) {
    const point = solveSquare(tight);
    const holds =
      point && walls.every((wall) => compareRational(dot(wall.slice(0, -1), point), wall.at(-1) ?? ZERO) <= 0);
    if (!holds) continue;
    const cost = dot(costs, point);
    if (!least || compareRational(cost, least) < 0) least = cost;
  }
  return least;
}

test('is the cheapest of all corners, and none where there is no corner', () => {
  const small = fc.integer({ min: 0, max: 6 });
  const given = fc.integer({ min: 1, max: 4 }).chain((size) =>
    fc.record({
      costs: fc.array(small, { minLength: size, maxLength: size }),
      gains: fc.array(fc.integer({ min: -2, max: 6 }), { minLength: size, maxLength: size }),
      need: fc.integer({ min: 0, max: 20 }),
      limits: fc.array(fc.tuple(fc.array(small, { minLength: size, maxLength: size }), small), { maxLength: 3 }),
    }),
  );
  let [solved, none] = [0, 0];
  fc.assert(
    fc.property(given, ({ costs, gains, need, limits }) => {
      const lp = programme(costs, [[gains.map((gain) => -gain), -need], ...limits]);
      const found = minimiseCost(lp);
      const least = findLeastCost(lp);
      expect(found === undefined).toBe(least === undefined);
      if (!found || !least) {
        none += 1;
        return;
      }
      solved += 1;
      for (const { factors, limit } of lp.rows) expect(compareRational(dot(factors, found), limit) <= 0).toBe(true);
      for (const value of found) expect(value.numerator >= 0n).toBe(true);
      expect(compareRational(addRational(dot(lp.costs, found), ZERO), least)).toBe(0);
    }),
    { numRuns: 600 },
  );
  expect(Math.min(solved, none)).toBeGreaterThan(30);
});
