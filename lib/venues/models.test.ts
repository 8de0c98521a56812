import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AssetKey, BookPosition, PriceBook } from '@/lib/domain/book-position';
import type { AssetAmount, BookEvaluation, BookOutcome, VenueModel } from '@/lib/domain/venue-model';
import { computeTotalValue } from '@/lib/risk/liquidation/book-values';
import { computeDirectionPrice, computePricesAlong } from '@/lib/risk/liquidation/direction-price';
import { computeFrontier, type FrontierSide, type PricePoint } from '@/lib/risk/liquidation/frontier';
import { computeEdgeValues } from '@/lib/risk/liquidation/linear-edge';
import { computeTimeToLiquidation } from '@/lib/risk/liquidation/time-to-liquidation';
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
import { bookPosition, bookPrices, fraction, show } from './book-testing';
import { modelExamples } from './model-examples';
import { venueModels } from './models';

/** What every venue's model must keep, over example positions of each and a row of falls and rises of its collateral. */

type AnyModel = VenueModel<string, unknown>;
const models = venueModels as unknown as Readonly<Record<string, AnyModel>>;
const ids = Object.keys(models);
const modelOf = (id: string): AnyModel => models[id] as AnyModel;

const ZERO = rational(0n);
const UNIT = rational(1n, 10n ** 18n);
const FACTORS = ['2', '1', '0.95', '0.9', '0.8', '0.6', '0.3', '0.01'];

const cases = ids.flatMap((id) =>
  Object.entries(modelExamples[id as keyof typeof modelExamples]).map(([situation, example]) => {
    const terms = modelOf(id).termsSchema.parse(example.terms);
    const position = bookPosition(id, terms, example.collateral, example.debt);
    return { id, situation, position, prices: bookPrices(example.prices) };
  }),
);

const withPrices = (prices: PriceBook, changes: Iterable<readonly [AssetKey, Rational]>): PriceBook =>
  new Map([...prices, ...changes]);

/** All collateral times a factor. What is owed in the same asset moves along. */
const scaleCollateral = (position: BookPosition, prices: PriceBook, factor: Rational): PriceBook =>
  withPrices(
    prices,
    position.collateral
      .filter(({ enabled }) => enabled)
      .map(({ asset }) => [asset, multiplyRational(prices.get(asset) ?? ZERO, factor)]),
  );

const isAtLeast = (a: Rational, b: Rational): boolean => compareRational(a, b) >= 0;

/** Fails on any write. */
function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freezeDeep(inner);
  }
  return value;
}

describe.each(ids)('%s', (id) => {
  const model = modelOf(id);

  test('goes by its own key, with a name and a place on the four axes', () => {
    expect(model.id).toBe(id);
    expect(model.name).not.toBe('');
    expect(['one', 'many']).toContain(model.axes.collaterals);
    expect(['one', 'many']).toContain(model.axes.debts);
    expect(model.axes.badDebtBearer).not.toBe('');
    expect(model.axes.liquidity).not.toBe('');
  });

  test('a second leg where it holds one is refused, at its place', () => {
    const found = cases.find((each) => each.id === id && each.position.debt.length > 0);
    if (!found) throw new Error(`${id} has no example with debt.`);
    const { position } = found;
    for (const [side, axis] of [
      ['collateral', model.axes.collaterals],
      ['debt', model.axes.debts],
    ] as const) {
      const [leg] = position[side];
      if (!leg || axis === 'many') continue;
      const doubled = { ...position, [side]: [leg, { ...leg, asset: 'another' }] };
      expect(model.findProblem(doubled)?.path, side).toBe(`${side}[1]`);
    }
  });

  test('terms that it does not know are refused', () => {
    const example = cases.find((each) => each.id === id);
    expect(example).toBeDefined();
    const given = Object.values(modelExamples[id as keyof typeof modelExamples])[0]?.terms as object;
    expect(model.termsSchema.safeParse({ ...given, notATerm: '1' }).success).toBe(false);
  });

  test('no parameter is both required and optional', () => {
    for (const { required, optional } of [model.legParameters.collateral, model.legParameters.debt]) {
      expect(new Set([...required, ...optional]).size).toBe(required.length + optional.length);
    }
  });
});

function expectCoherent(evaluation: BookEvaluation): void {
  const { collateralValue, debtValue, healthFactor, ltv, collateralRatio, liquidatable } = evaluation;
  const owes = debtValue.numerator > 0n;
  expect(healthFactor === null).toBe(!owes);
  expect(collateralRatio === null).toBe(!owes);
  expect(ltv === null).toBe(collateralValue.numerator === 0n);
  if (!owes) expect(liquidatable).toBe(false);
  if (owes && ltv) expect(show(ltv)).toBe(show(divideRational(debtValue, collateralValue)));
  expect(isAtLeast(evaluation.availableToBorrow, ZERO)).toBe(true);
}

const sumOf = (amounts: readonly AssetAmount[], asset: AssetKey): Rational =>
  sumRational(amounts.filter((each) => each.asset === asset).map(({ amount }) => amount));

/** What a step leaves is what was there less what it took; a surplus that comes back is added to what is left, never less. */
function expectBalanced(position: BookPosition, prices: PriceBook, outcome: BookOutcome): void {
  let [held, owed]: [readonly AssetAmount[], readonly AssetAmount[]] = [position.collateral, position.debt];
  for (const step of outcome.steps) {
    const [repaid, seized] = [computeTotalValue(step.repaid, prices), computeTotalValue(step.seized, prices)];
    expect(show(step.penaltyValue)).toBe(show(subtractRational(seized, repaid)));
    // Liquidator and protocol gain no more than the borrower loses and a bearer of bad debt.
    const gained = addRational(step.bonusValue, computeTotalValue(step.fee, prices));
    expect(isAtLeast(addRational(step.penaltyValue, step.badDebt), gained), 'gained').toBe(true);
    for (const { amount } of [...step.repaid, ...step.seized, ...step.fee, ...step.collateralLeft, ...step.debtLeft]) {
      expect(isAtLeast(amount, ZERO)).toBe(true);
    }
    for (const { asset } of step.seized) {
      expect(isAtLeast(sumOf(held, asset), sumOf(step.seized, asset)), `seized ${asset}`).toBe(true);
      expect(isAtLeast(sumOf(step.seized, asset), sumOf(step.fee, asset)), `fee ${asset}`).toBe(true);
      const left = subtractRational(sumOf(held, asset), sumOf(step.seized, asset));
      expect(isAtLeast(sumOf(step.collateralLeft, asset), left), `left ${asset}`).toBe(true);
    }
    const kept = subtractRational(computeTotalValue(held, prices), seized);
    const credited = subtractRational(computeTotalValue(step.collateralLeft, prices), kept);
    const gone = subtractRational(
      subtractRational(addRational(computeTotalValue(owed, prices), credited), repaid),
      computeTotalValue(step.debtLeft, prices),
    );
    expect(isAtLeast(credited, ZERO) && isAtLeast(gone, ZERO) && isAtLeast(step.badDebt, gone)).toBe(true);
    [held, owed] = [step.collateralLeft, step.debtLeft];
  }
}

function expectTotals({ steps, penaltyValue, badDebt, badDebtBearer, assumptions }: BookOutcome): void {
  expect(show(penaltyValue)).toBe(show(sumRational(steps.map((step) => step.penaltyValue))));
  if (steps.length > 0) {
    expect(show(badDebt)).toBe(show(sumRational(steps.map((step) => step.badDebt))));
    expect(assumptions.length).toBeGreaterThan(0);
  }
  expect(isAtLeast(badDebt, ZERO)).toBe(true);
  expect(badDebtBearer !== undefined).toBe(badDebt.numerator > 0n);
}

/** One step of a price to where a frontier says liquidatable. */
function stepAside({ x, y }: PricePoint, side: FrontierSide): PricePoint {
  if (side === 'below') return { x, y: subtractRational(y, UNIT) };
  if (side === 'above') return { x, y: addRational(y, UNIT) };
  return side === 'left' ? { x: subtractRational(x, UNIT), y } : { x: addRational(x, UNIT), y };
}

const middle = (a: PricePoint, b: PricePoint): PricePoint => {
  const half = (one: Rational, other: Rational) => multiplyRational(addRational(one, other), rational(1n, 2n));
  return { x: half(a.x, b.x), y: half(a.y, b.y) };
};

/** All assets the examples price, also those that a position does not hold. */
const speedsOf = (prices: PriceBook) =>
  fc.tuple(
    ...[...prices.keys()].map((asset) =>
      fc.integer({ min: -40, max: 40 }).map((tenths) => [asset, rational(BigInt(tenths), 10n)] as const),
    ),
  );

/** The position with each debt grown at its rate for so long, to 12 digits. */
const accrue = (position: BookPosition, seconds: number): BookPosition => ({
  ...position,
  debt: position.debt.map((leg) => {
    const growth = Math.exp((Number(leg.borrowRate?.numerator ?? 0n) / 100) * (seconds / 31_536_000));
    return { ...leg, amount: multiplyRational(leg.amount, rational(BigInt(Math.round(growth * 1e12)), 10n ** 12n)) };
  }),
});

describe.each(cases)('$id, $situation', ({ id, position, prices }) => {
  freezeDeep(position);
  const model = modelOf(id);
  const isLiquidatable = (at: PriceBook): boolean => model.computeEvaluation(position, at).liquidatable;

  test('is a position that the venue holds, with the parameters it asks for', () => {
    expect(model.findProblem(position)).toBeUndefined();
    for (const side of ['collateral', 'debt'] as const) {
      const { required, optional } = model.legParameters[side];
      for (const { parameters } of position[side]) {
        expect(Object.keys(parameters)).toEqual(expect.arrayContaining([...required]));
        for (const name of Object.keys(parameters)) expect([...required, ...optional]).toContain(name);
      }
    }
  });

  test.each(FACTORS)('collateral at %s of its price: figures, balance and totals', (factor) => {
    const at = scaleCollateral(position, prices, fraction(factor));
    const evaluation = model.computeEvaluation(position, at);
    expectCoherent(evaluation);
    expect(model.computeEvaluation(position, at)).toEqual(evaluation);
    const outcome = model.computeOutcome(position, at);
    if (!evaluation.liquidatable) expect(outcome.steps).toEqual([]);
    expectBalanced(position, at, outcome);
    expectTotals(outcome);
  });

  test('whatever pair a liquidator chooses: balance and totals; without effect where there is nothing to choose', () => {
    const byDefault = model.computeOutcome(position, prices);
    for (const { asset: collateral } of position.collateral) {
      for (const { asset: debt } of position.debt) {
        const outcome = model.computeOutcome(position, prices, { collateral, debt });
        expectBalanced(position, prices, outcome);
        expectTotals(outcome);
        if (model.liquidatorChooses === 'nothing') expect(outcome).toEqual(byDefault);
        else if (outcome.steps.length > 0) expect(outcome.assumptions).not.toEqual(byDefault.assumptions);
      }
    }
  });

  test('at each liquidation price safe, 1e-18 beyond it liquidatable', () => {
    const { alone } = model.computeLiquidationPrices(position, prices);
    const assets = new Set([...position.collateral, ...position.debt].map(({ asset }) => asset));
    expect([...alone.keys()].sort()).toEqual([...assets].sort());
    for (const [asset, price] of alone) {
      if (!price.exists) {
        expect(price.text).not.toBe('');
        continue;
      }
      const beyond = price.direction === 'below' ? subtractRational(price.price, UNIT) : addRational(price.price, UNIT);
      expect(isLiquidatable(withPrices(prices, [[asset, price.price]])), asset).toBe(false);
      expect(isLiquidatable(withPrices(prices, [[asset, beyond]])), asset).toBe(true);
    }
  });

  test('at the common fall of all collateral safe, 1e-18 beyond it liquidatable', () => {
    const { together } = model.computeLiquidationPrices(position, prices);
    if (!together.exists) {
      expect(together.text).not.toBe('');
      return;
    }
    const factor = subtractRational(rational(1n), together.drop);
    expect(isLiquidatable(scaleCollateral(position, prices, factor))).toBe(false);
    expect(isLiquidatable(scaleCollateral(position, prices, subtractRational(factor, UNIT)))).toBe(true);
  });

  test('its edge is its own test, and carried / owed its health factor', () => {
    const edge = model.describeEdge(position);
    expect(edge.collateral.map(({ asset }) => asset)).toEqual(position.collateral.map(({ asset }) => asset));
    expect(edge.debt.map(({ asset }) => asset)).toEqual(position.debt.map(({ asset }) => asset));
    for (const factor of FACTORS) {
      const at = scaleCollateral(position, prices, fraction(factor));
      const { carried, owed } = computeEdgeValues(edge, at);
      const { healthFactor, liquidatable } = model.computeEvaluation(position, at);
      expect(compareRational(carried, owed) < 0, factor).toBe(liquidatable);
      const health = owed.numerator === 0n ? null : divideRational(carried, owed);
      expect(show(health && multiplyRational(health, edge.healthAtEdge)), factor).toBe(show(healthFactor));
    }
  });

  test('along random directions: safe at the answer, liquidatable 1e-18 beyond, and safe before where there is none', () => {
    const edge = model.describeEdge(position);
    fc.assert(
      fc.property(speedsOf(prices), (speeds) => {
        const direction = new Map(speeds);
        const found = computeDirectionPrice(edge, prices, direction);
        const at = (t: Rational) => computePricesAlong(prices, direction, t);
        if (found.exists) {
          expect(isLiquidatable(found.prices)).toBe(false);
          expect(isLiquidatable(at(addRational(found.t, UNIT)))).toBe(true);
          return;
        }
        expect(isLiquidatable(prices)).toBe(found.reason === 'already-liquidatable');
        const fastest = Math.min(-0.1, ...speeds.map(([, { numerator }]) => Number(numerator) / 10));
        const whole = rational(10n, BigInt(Math.round(-fastest * 10)));
        if (found.reason !== 'already-liquidatable') {
          for (const share of ['0.1', '0.5', '1']) {
            expect(isLiquidatable(at(multiplyRational(whole, fraction(share)))), `${found.reason} ${share}`).toBe(
              false,
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('on the frontier of any two assets safe, a hair beyond it liquidatable', () => {
    const edge = model.describeEdge(position);
    const assets = [...prices.keys()];
    for (const x of assets) {
      for (const y of assets) {
        if (x === y) continue;
        const span = (asset: AssetKey) => ({
          from: ZERO,
          to: multiplyRational(prices.get(asset) ?? ZERO, rational(3n)),
        });
        const frontier = computeFrontier(edge, prices, x, y, { x: span(x), y: span(y) });
        expect(frontier.today.liquidatable).toBe(isLiquidatable(prices));
        const isAt = (point: PricePoint) =>
          isLiquidatable(
            withPrices(prices, [
              [x, point.x],
              [y, point.y],
            ]),
          );
        if (!frontier.exists) {
          const center = {
            x: multiplyRational(span(x).to, rational(1n, 2n)),
            y: multiplyRational(span(y).to, rational(1n, 2n)),
          };
          expect(isAt(center), `${x} ${y} ${frontier.reason}`).toBe(frontier.liquidatableArea.length > 0);
          continue;
        }
        const [first, last] = frontier.points;
        for (const point of [first, middle(first, last), last]) {
          expect(isAt(point), `${x} ${y}`).toBe(false);
          expect(isAt(stepAside(point, frontier.liquidatableSide)), `${x} ${y}`).toBe(true);
        }
      }
    }
  });

  test('interest alone: safe at the earliest time, liquidatable after the latest', () => {
    const rates = [4n, 9n, 1n];
    const debt = position.debt.map((leg, index) => ({ ...leg, borrowRate: rational(rates[index] ?? 0n, 100n) }));
    const owing = { ...position, debt };
    const found = computeTimeToLiquidation(owing, model.describeEdge(position), prices);
    expect(found.exists).toBe(debt.length > 0 && !isLiquidatable(prices));
    if (!found.exists) return;
    const isLiquidatableAfter = (seconds: number) =>
      model.computeEvaluation(accrue(owing, seconds), prices).liquidatable;
    expect(isLiquidatableAfter(found.earliestSeconds * (1 - 1e-9))).toBe(false);
    expect(isLiquidatableAfter(found.latestSeconds * (1 + 1e-9))).toBe(true);
  });
});
