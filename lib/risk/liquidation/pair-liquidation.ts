import type { PriceBook } from '@/lib/domain/book-position';
import type { AssetAmount, BookLiquidationPair, LiquidationStep } from '@/lib/domain/venue-model';
import { addRational, compareRational, divideRational, multiplyRational, type Rational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { subtractAligned } from '@/lib/units/sum-aligned';
import {
  computeTotalValue,
  computeValue,
  computeWeightedValue,
  ONE,
  readBookPrice,
  truncateAverage,
  ZERO,
} from './book-values';

/** Collateral of an account in which a liquidator picks a pair: one collateral to seize, one debt to repay. */
export interface PairCollateral extends AssetAmount {
  /** Counts as collateral and can be seized; what does not stays with its owner. */
  readonly seizable: boolean;
  /** Liquidation threshold. */
  readonly weight: Rational;
  /** The liquidator's gain per unit repaid: 0.05 is 5 %. */
  readonly bonus: Rational;
}

export interface PairAccount {
  readonly collateral: readonly PairCollateral[];
  readonly debt: readonly AssetAmount[];
  /** The venue truncates the average threshold to whole basis points before it compares; left out: it does not. */
  readonly truncatesAverage?: boolean | undefined;
}

/** One pair as a venue's rules see it; values in base currency, the account's sums before the step. */
export interface PairValues {
  readonly collateralValue: Rational;
  readonly bonus: Rational;
  readonly debtValue: Rational;
  readonly totalDebtValue: Rational;
  /** As the venue counts it: at the truncated average where it truncates. */
  readonly weightedCollateral: Rational;
}

export interface PairRules {
  /** Largest value the rules let a liquidator repay on this pair, no more than its debt and than its collateral pays for. */
  computeMostRepaid(pair: PairValues): Rational;
  /** The protocol's share of the liquidator's gain: 0.1 is 10 %. */
  readonly feeShare: Rational;
  /** What is owed when no collateral is left: taken off the account, or left on it. */
  readonly unbackedDebt: 'written-off' | 'stays';
}

export interface PairLiquidation {
  readonly steps: readonly LiquidationStep[];
  /**
   * Why it ended while still liquidatable: `MAX_STEPS` were taken; nothing of value is left to seize; or the rules allow nothing on any pair.
   * undefined: healthy, or nothing owed.
   */
  readonly stopped: 'too-many' | 'nothing-to-seize' | 'nothing-allowed' | undefined;
  /** Steps on the pair that was chosen, the first ones; 0 without a choice. */
  readonly stepsAsChosen: number;
}

/** No real account takes more; without it a rule that halves a debt for ever would never end. */
export const MAX_STEPS = 100;

const listSeizable = ({ collateral }: PairAccount): readonly PairCollateral[] =>
  collateral.filter(({ seizable }) => seizable);

/** Σ collateral·weight, or collateral · the truncated average of its weights. */
function computeCarried(account: PairAccount, prices: PriceBook): Rational {
  const legs = listSeizable(account);
  const weighted = computeWeightedValue(legs, prices);
  if (!account.truncatesAverage) return weighted;
  const value = computeTotalValue(legs, prices);
  return multiplyRational(value, truncateAverage(weighted, value));
}

/** Σ collateral·weight < Σ debt, strictly; with the average weight truncated where the venue does so. */
export const isPairAccountLiquidatable = (account: PairAccount, prices: PriceBook): boolean =>
  compareRational(computeCarried(account, prices), computeTotalValue(account.debt, prices)) < 0;

/** What a pair's collateral pays for: collateral / (1 + bonus). 10,500 at 5 % pay for 10,000. */
export const computeCoveredDebt = ({
  collateralValue,
  bonus,
}: Pick<PairValues, 'collateralValue' | 'bonus'>): Rational => divideRational(collateralValue, addRational(ONE, bonus));

interface Choice {
  readonly collateral: PairCollateral;
  readonly debt: AssetAmount;
  readonly repaid: Rational;
  readonly gain: Rational;
}

/** Every pair on which the rules allow anything, with the most they allow and what it pays the liquidator: repaid · bonus · (1 − fee share). */
function listChoices(account: PairAccount, prices: PriceBook, rules: PairRules): readonly Choice[] {
  const totalDebtValue = computeTotalValue(account.debt, prices);
  const weightedCollateral = computeCarried(account, prices);
  const kept = subtractAligned(ONE, rules.feeShare);
  return listSeizable(account).flatMap((collateral) => {
    const collateralValue = computeValue(collateral, prices);
    if (collateralValue.numerator === 0n) return [];
    return account.debt.flatMap((debt) => {
      const debtValue = computeValue(debt, prices);
      const { bonus } = collateral;
      const values = { collateralValue, bonus, debtValue, totalDebtValue, weightedCollateral };
      const repaid = rules.computeMostRepaid(values);
      const gain = multiplyRational(multiplyRational(repaid, bonus), kept);
      return repaid.numerator > 0n ? [{ collateral, debt, repaid, gain }] : [];
    });
  });
}

/** The pair that pays the liquidator most. Ties: the first collateral, then the first debt. */
const findBest = (choices: readonly Choice[]): Choice | undefined =>
  choices.reduce<Choice | undefined>(
    (best, choice) => (best && compareRational(choice.gain, best.gain) <= 0 ? best : choice),
    undefined,
  );

const findChosen = (choices: readonly Choice[], chosen: BookLiquidationPair | undefined): Choice | undefined =>
  choices.find(({ collateral, debt }) => collateral.asset === chosen?.collateral && debt.asset === chosen.debt);

const take = <Leg extends AssetAmount>(legs: readonly Leg[], from: Leg, amount: Rational): readonly Leg[] =>
  legs.map((leg) => (leg === from ? { ...leg, amount: reduceRational(subtractAligned(leg.amount, amount)) } : leg));

/** What stands in a step: asset and amount alone. */
const toAmounts = (legs: readonly AssetAmount[]): readonly AssetAmount[] =>
  legs.map(({ asset, amount }) => ({ asset, amount }));

const isUnbacked = (account: PairAccount, prices: PriceBook): boolean =>
  computeTotalValue(listSeizable(account), prices).numerator === 0n;

/** Base currency: what is owed with nothing of value to seize behind it; 0 while there is any. */
export const computeUnbackedDebt = (account: PairAccount, prices: PriceBook): Rational =>
  isUnbacked(account, prices) ? computeTotalValue(account.debt, prices) : ZERO;

function computeHealthFactor(account: PairAccount, prices: PriceBook): Rational | null {
  const debt = computeTotalValue(account.debt, prices);
  if (debt.numerator === 0n) return null;
  return divideRational(computeCarried(account, prices), debt);
}

/** Repaid at value gives seized = repaid·(1 + bonus)/price; the fee comes out of what is seized. */
function applyChoice(account: PairAccount, prices: PriceBook, rules: PairRules, choice: Choice) {
  const { collateral, debt, repaid } = choice;
  const price = readBookPrice(prices, collateral.asset);
  const premium = multiplyRational(repaid, collateral.bonus);
  const repaidAmount = reduceRational(divideRational(repaid, readBookPrice(prices, debt.asset)));
  const seizedAmount = reduceRational(divideRational(addRational(repaid, premium), price));
  const feeAmount = divideRational(multiplyRational(premium, rules.feeShare), price);
  const after: PairAccount = {
    ...account,
    collateral: take(account.collateral, collateral, seizedAmount),
    debt: take(account.debt, debt, repaidAmount),
  };
  const badDebt = computeUnbackedDebt(after, prices);
  const writesOff = badDebt.numerator > 0n && rules.unbackedDebt === 'written-off';
  const left = writesOff ? { ...after, debt: after.debt.map((leg) => ({ ...leg, amount: ZERO })) } : after;
  const step: LiquidationStep = {
    repaid: [{ asset: debt.asset, amount: repaidAmount }],
    seized: [{ asset: collateral.asset, amount: seizedAmount }],
    fee: feeAmount.numerator === 0n ? [] : [{ asset: collateral.asset, amount: feeAmount }],
    penaltyValue: premium,
    bonusValue: multiplyRational(premium, subtractAligned(ONE, rules.feeShare)),
    collateralLeft: toAmounts(left.collateral),
    debtLeft: toAmounts(left.debt),
    healthFactorAfter: computeHealthFactor(left, prices),
    badDebt,
  };
  return { left, step };
}

/**
 * Liquidates an account pair by pair until it is healthy or nothing is left to seize: each step on the pair that pays the liquidator most,
 * as much as the venue's rules allow. Exact; the account given is not changed. Legs at 0 stay listed. With a pair chosen the steps are on
 * that pair until the rules allow nothing more on it, and from then on as without.
 *
 * seized = repaid·(1 + bonus) by value, of which the protocol gets feeShare·repaid·bonus; the penalty is seized − repaid, the liquidator's bonus
 * the penalty less the fee.
 * Example: 10 ETH at 2,000 (threshold 80 %, bonus 5 %) against 17,000, all repayable: 17,000 repaid, 8.925 ETH seized, penalty 850.
 */
export function liquidatePairs(
  account: PairAccount,
  prices: PriceBook,
  rules: PairRules,
  chosen?: BookLiquidationPair,
): PairLiquidation {
  const steps: LiquidationStep[] = [];
  let left = account;
  let stepsAsChosen = 0;
  while (isPairAccountLiquidatable(left, prices) && steps.length < MAX_STEPS) {
    const choices = listChoices(left, prices, rules);
    const asChosen = stepsAsChosen === steps.length ? findChosen(choices, chosen) : undefined;
    const choice = asChosen ?? findBest(choices);
    if (!choice) {
      return { steps, stopped: isUnbacked(left, prices) ? 'nothing-to-seize' : 'nothing-allowed', stepsAsChosen };
    }
    const applied = applyChoice(left, prices, rules, choice);
    steps.push(applied.step);
    left = applied.left;
    if (asChosen) stepsAsChosen += 1;
  }
  return { steps, stopped: isPairAccountLiquidatable(left, prices) ? 'too-many' : undefined, stepsAsChosen };
}
