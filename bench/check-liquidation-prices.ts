import type { LiquidationPrice, LiquidationPrices } from '@/lib/domain/evaluation';
import { WAD } from '@/lib/units/fixed';
import type { AaveHolding, AavePosition } from '@/lib/venues/aave-v3/state';
import { type AccountAt, atAnswer, atFactor } from './account-at';
import { BenchmarkError } from './benchmark';
import { searchLiquidationPrices } from './search-liquidation-prices';

function refuse(position: AavePosition, what: string, inputs: Readonly<Record<string, string>>): never {
  throw new BenchmarkError('WRONG_ANSWER', `${what} of ${position.owner} is wrong.`, {
    inputs: { account: position.owner, ...inputs },
    nextStep:
      'Evaluate the account at this price and one unit beside it; speed says nothing until it turns just there.',
  });
}

/** Liquidatable at `at`, and one unit nearer the safe prices no more. */
const turnsAt = (account: AccountAt, at: bigint, towardSafe: bigint): boolean =>
  account.isLiquidatable(at) && !account.isLiquidatable(at + towardSafe);

const isOnBothSides = ({ scaledSupply, scaledDebt }: AaveHolding): boolean => scaledSupply > 0n && scaledDebt > 0n;

function checkAlone(position: AavePosition, price: LiquidationPrice): void {
  const account = atAnswer(position, price.assetId);
  const holds = price.exists
    ? turnsAt(account, price.answer, price.direction === 'below' ? 1n : -1n)
    : price.reason === 'already-liquidatable' ||
      // The smallest answer an oracle can give, and today's.
      !(account.isLiquidatable(1n) || account.isLiquidatable(account.today));
  if (holds) return;
  refuse(position, `The liquidation price of ${price.assetId}`, {
    answer: price.exists ? `${price.answer}` : price.reason,
  });
}

/**
 * Every liquidation price of an account, held against the contract's own comparison: liquidatable there, safe one unit nearer; where there
 * is said to be none, liquidatable neither today nor at the smallest answer.
 *
 * Errors: `BenchmarkError` WRONG_ANSWER. Returns how many prices exist.
 */
export function checkLiquidationPrices(position: AavePosition, { alone, together }: LiquidationPrices): number {
  for (const price of alone) checkAlone(position, price);
  const account = atFactor(position);
  if (together.exists && !turnsAt(account, WAD - together.drop, 1n)) {
    refuse(position, 'The common fall', { drop: `${together.drop}` });
  }
  return alone.filter(({ exists }) => exists).length + (together.exists ? 1 : 0);
}

/** What the search finds is what the formula says, of every asset that stands on one side. Errors: WRONG_ANSWER. */
export function checkAgainstSearch(position: AavePosition, { alone, together }: LiquidationPrices): void {
  const found = searchLiquidationPrices(position);
  for (const [index, price] of alone.entries()) {
    const holding = position.holdings[index];
    const searched = found.alone[index];
    const isSearchable = holding !== undefined && !isOnBothSides(holding);
    if (!isSearchable || (price.exists ? price.answer : undefined) === searched) continue;
    refuse(position, `The liquidation price of ${price.assetId}`, { searched: `${searched}` });
  }
  const isShared = position.holdings.some(isOnBothSides);
  if (!isShared && (together.exists ? WAD - together.drop : undefined) !== found.factor) {
    refuse(position, 'The common fall', { searched: `${found.factor}` });
  }
}
