import { expect, test } from 'vitest';
import { compareRational, divideRational, type Rational, rational } from '@/lib/units/rational';
import { bookPrices, show } from '@/lib/venues/book-testing';
import { computeCoveredDebt, type PairAccount, type PairRules } from './pair-liquidation';
import { computePairOutcome } from './pair-outcome';

const prices = bookPrices({ eth: '1000', usdc: '1' });
const FEE = rational(1n, 10n);

/** 1 ETH at 1,000 (threshold 80 %, bonus 5 %) against a debt. */
const account = (debt: bigint): PairAccount => ({
  collateral: [
    { asset: 'eth', amount: rational(1n), seizable: true, weight: rational(8n, 10n), bonus: rational(5n, 100n) },
  ],
  debt: [{ asset: 'usdc', amount: rational(debt) }],
});
const outcomeOf = (debt: bigint, computeMostRepaid: PairRules['computeMostRepaid']) =>
  computePairOutcome(account(debt), prices, {
    rules: { computeMostRepaid, feeShare: FEE, unbackedDebt: 'stays' },
    repays: 'what it may',
    chosen: undefined,
    badDebtBearer: 'somebody',
    assumptions: [],
  });

test('the liquidator’s bonus is what the fee leaves of the penalty', () => {
  // 100 of 900 repaid for 105, of the 5 a tenth is the fee: 4.5. Left 895·0.8 = 716 against 800: still liquidatable.
  const first = outcomeOf(900n, ({ debtValue }) => (show(debtValue) === '900' ? rational(100n) : rational(0n)));
  expect(first.steps.map((step) => [show(step.penaltyValue), show(step.bonusValue)])).toEqual([['5', '4.5']]);
});

test('steps that stop while the account is liquidatable say so: the rules allow no more', () => {
  const once = outcomeOf(900n, ({ debtValue }) => (show(debtValue) === '900' ? rational(100n) : rational(0n)));
  expect(once.steps).toHaveLength(1);
  expect(once.assumptions.join(' ')).toContain('stays liquidatable, but the rules allow no liquidation on any pair');
  expect(show(once.badDebt)).toBe('0');
  const never = outcomeOf(900n, () => rational(0n));
  expect([never.steps.length, never.assumptions.at(-1)?.includes('stays liquidatable')]).toEqual([0, true]);
});

test('nothing left to seize: what is owed stays, and is bad debt', () => {
  // 1,000/1.05 repaid of 2,000.
  const outcome = outcomeOf(2_000n, computeCoveredDebt);
  expect(show(outcome.badDebt)).toBe(show(rational(2_000n * 21n - 20_000n, 21n)));
  expect(outcome.assumptions.at(-1)).toContain('what is still owed stays on the account');
});

test('too many steps, and none where it ends healthy', () => {
  // A millionth of the debt each time never gets there.
  const slow = outcomeOf(900n, ({ debtValue }): Rational => divideRational(debtValue, rational(1_000_000n)));
  expect([slow.steps.length, slow.assumptions.at(-1)]).toEqual([
    100,
    'Stopped after 100 liquidations, still liquidatable.',
  ]);
  // All of 900 for 945: nothing is owed any more.
  const whole = outcomeOf(900n, (pair) =>
    compareRational(pair.debtValue, computeCoveredDebt(pair)) < 0 ? pair.debtValue : computeCoveredDebt(pair),
  );
  expect([whole.steps.length, whole.assumptions]).toEqual([1, ['The liquidator repays what it may.']]);
});
