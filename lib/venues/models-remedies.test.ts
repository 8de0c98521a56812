import { describe, expect, test } from 'vitest';
import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import { applyRemedy } from '@/lib/risk/remedies/apply-remedy';
import { computeHeadrooms } from '@/lib/risk/remedies/compute-headrooms';
import { computeRemedies } from '@/lib/risk/remedies/compute-remedies';
import type { RemedyChange, RemedyModel, RemedyRequest } from '@/lib/risk/remedies/remedy';
import { addRational, compareRational, multiplyRational, type Rational, rational } from '@/lib/units/rational';
import { bookPosition, bookPrices, fraction, show } from './book-testing';
import { modelExamples } from './model-examples';
import { venueModels } from './models';

/** Remedies and what may be taken out, over every venue's example positions: each answer is put to the venue's own evaluation. */

const models = venueModels as unknown as Readonly<Record<string, RemedyModel & (typeof venueModels)['custom']>>;
const TARGETS = ['1', '1.05', '1.3', '2'];
const SHOCKS = ['1', '0.85'];
const UNIT = rational(1n, 10n ** 18n);

const cases = Object.entries(modelExamples).flatMap(([id, examples]) =>
  Object.entries(examples).flatMap(([situation, example]) =>
    SHOCKS.map((shock) => {
      const model = models[id] as RemedyModel & (typeof venueModels)['custom'];
      const terms = model.termsSchema.parse(example.terms);
      const position: BookPosition = bookPosition(id, terms, example.collateral, example.debt);
      return { id, situation, shock, model: model as RemedyModel, position, prices: bookPrices(example.prices) };
    }),
  ),
);

const scale = (position: BookPosition, prices: PriceBook, factor: Rational): PriceBook =>
  new Map([
    ...prices,
    ...position.collateral.map(({ asset }) => [asset, multiplyRational(prices.get(asset) ?? UNIT, factor)] as const),
  ]);

const isAtLeast = (health: Rational | null, target: Rational): boolean =>
  health === null || compareRational(health, target) >= 0;

let reached = 0;

describe.each(cases)('$id, $situation, collateral at $shock', ({ model, position, prices, shock }) => {
  const evaluationPrices = scale(position, prices, fraction(shock));
  const { healthAtEdge } = model.describeEdge(position);

  test.each(TARGETS)('remedies to %s', (text) => {
    const target = fraction(text);
    const request: RemedyRequest = {
      ...{ position, model, target, evaluationPrices, tradePrices: prices, swapCost: fraction('0.003') },
    };
    const { isReached, single, cheapest } = computeRemedies(request);
    const healthAfter = (changes: readonly RemedyChange[]) =>
      model.computeEvaluation(applyRemedy(position, changes), evaluationPrices);
    const now = healthAfter([]);
    expect(isReached).toBe(isAtLeast(now.healthFactor, target) && !now.liquidatable);
    for (const remedy of [...single, cheapest]) {
      const after = applyRemedy(position, remedy.changes);
      for (const leg of [...after.collateral, ...after.debt]) expect(leg.amount.numerator >= 0n).toBe(true);
      const { healthFactor, liquidatable } = healthAfter(remedy.changes);
      expect(show(remedy.healthFactorAfter)).toBe(show(healthFactor));
      expect(remedy.cost.numerator >= 0n).toBe(true);
      if (!remedy.reaches) {
        expect(remedy.text).not.toBe('');
        if (remedy.reason === 'not-enough') expect(isAtLeast(healthFactor, target) && !liquidatable).toBe(false);
        continue;
      }
      expect(liquidatable).toBe(false);
      if (isReached) continue;
      reached += 1;
      // Exactly the target, unless all debt is gone or a mode liquidates above it.
      const expected = compareRational(healthAtEdge, target) > 0 ? healthAtEdge : target;
      if (healthFactor) expect(show(healthFactor)).toBe(show(expected));
    }
    for (const remedy of single) {
      if (!remedy.reaches || !cheapest.reaches) continue;
      const usesCashAlone = cheapest.parts.every(({ from }) => from === undefined);
      if (usesCashAlone && remedy.from !== undefined) continue;
      expect(compareRational(cheapest.cost, remedy.cost) <= 0).toBe(true);
    }
    if (single.some((remedy) => remedy.reaches && remedy.from === undefined)) expect(cheapest.reaches).toBe(true);
  });

  test.each(TARGETS)(
    'what may be taken out at %s: that much keeps it, 1e-18 more breaks it or is more than there is',
    (text) => {
      const target = fraction(text);
      const { withdraw, borrow } = computeHeadrooms({ position, model, target, evaluationPrices, tradePrices: prices });
      const rooms = [
        ...withdraw.map((room) => ({ ...room, side: 'collateral' as const, sign: rational(-1n) })),
        ...borrow.map((room) => ({ ...room, side: 'debt' as const, sign: rational(1n) })),
      ];
      for (const { side, asset, amount, limitedBy, sign } of rooms) {
        const evaluateAt = (tokens: Rational) =>
          model.computeEvaluation(
            applyRemedy(position, [{ side, asset, amount: multiplyRational(tokens, sign) }]),
            evaluationPrices,
          );
        if (amount.numerator > 0n) {
          const at = evaluateAt(amount);
          expect(at.liquidatable && limitedBy === 'target', `${side} ${asset}`).toBe(false);
          const before = model.computeEvaluation(position, evaluationPrices).healthFactor;
          if (isAtLeast(before, target)) expect(isAtLeast(at.healthFactor, target), `${side} ${asset}`).toBe(true);
        }
        if (limitedBy !== 'target') continue;
        const beyond = evaluateAt(addRational(amount, UNIT));
        expect(isAtLeast(beyond.healthFactor, target) && !beyond.liquidatable, `${side} ${asset}`).toBe(false);
      }
    },
  );
});

test('enough of them reach', () => {
  expect(reached).toBeGreaterThan(500);
});
