import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRational, multiplyRational, type Rational, rational, subtractRational } from '@/lib/units/rational';
import { bookPosition, bookPrices } from '../book-testing';
import { aaveV3Model } from './book-model';
import { AAVE_VERSIONS, aaveV3TermsSchema, truncatesThreshold } from './book-terms';

/**
 * A fall of collateral, or a rise of what is owed, never makes an account safer nor its bad debt smaller. What the borrower loses is not
 * monotone: at a lower price another pair may pay the liquidator most, or the dust rule may allow less of a step.
 */

const cents = fc.integer({ min: 1, max: 2_000_000 }).map((value) => `${value}/100`);
// (1 + bonus)·threshold below 1, as on every real reserve.
const leg = fc.tuple(cents, fc.integer({ min: 40, max: 85 }), fc.integer({ min: 0, max: 15 }));
const account = fc.record({
  version: fc.constantFrom(...AAVE_VERSIONS),
  collateral: fc.array(leg, { minLength: 1, maxLength: 3 }),
  debt: fc.array(cents, { minLength: 1, maxLength: 2 }),
  /** The asset that moves: collateral falls, debt rises. */
  moves: fc.constantFrom('c0', 'c1', 'd0', 'd1'),
  percents: fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 3 }),
});
const today = bookPrices({ c0: '1', c1: '2', c2: '1/3', d0: '1', d1: '1/2' });
const BPS = rational(1n, 10_000n);

const isBelow = (a: Rational, b: Rational): boolean => compareRational(a, b) < 0;

test('health falls and bad debt rises as prices move against an account, in every version', () => {
  const seen = { liquidated: 0, badDebt: 0 };
  fc.assert(
    fc.property(account, ({ version, collateral, debt, moves, percents }) => {
      const position = bookPosition(
        'aave-v3',
        aaveV3TermsSchema.parse({ version }),
        collateral.map(([amount, threshold, bonus], index) => {
          const parameters = { liquidationThreshold: `${threshold}/100`, liquidationBonus: `${bonus}/100` };
          return [`c${index}`, amount, parameters] as const;
        }),
        debt.map((amount, index) => [`d${index}`, amount] as const),
      );
      const factorOf = (percent: number): Rational =>
        moves.startsWith('c') ? rational(BigInt(percent), 100n) : rational(100n, BigInt(percent));
      const steps = [100, ...[...percents].sort((a, b) => b - a)].map((percent) => {
        const price = multiplyRational(today.get(moves) as Rational, factorOf(percent));
        const prices = new Map([...today, [moves, price]]);
        return {
          evaluation: aaveV3Model.computeEvaluation(position, prices),
          outcome: aaveV3Model.computeOutcome(position, prices),
        };
      });
      for (const [index, { evaluation, outcome }] of steps.entries()) {
        expect(outcome.steps.length > 0).toBe(evaluation.liquidatable);
        if (outcome.steps.length > 0) seen.liquidated += 1;
        if (outcome.badDebt.numerator > 0n) seen.badDebt += 1;
        const before = steps[index - 1];
        if (!before) continue;
        expect(isBelow(outcome.badDebt, before.outcome.badDebt), 'bad debt').toBe(false);
        const [health, healthBefore] = [evaluation.healthFactor, before.evaluation.healthFactor] as [
          Rational,
          Rational,
        ];
        // A truncated average may step up by a basis point of the collateral as an asset below it falls, and by no more.
        const { collateralRatio } = evaluation;
        const slip = truncatesThreshold(version) ? multiplyRational(collateralRatio as Rational, BPS) : rational(0n);
        expect(isBelow(healthBefore, subtractRational(health, slip)), 'health').toBe(false);
        if (truncatesThreshold(version)) continue;
        expect(before.evaluation.liquidatable && !evaluation.liquidatable, 'liquidatable').toBe(false);
      }
    }),
    { numRuns: 300 },
  );
  expect(seen.liquidated).toBeGreaterThan(200);
  expect(seen.badDebt).toBeGreaterThan(100);
});
