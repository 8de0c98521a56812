import type { AavePosition } from '@/lib/venues/aave-v3/state';
import { type AccountAt, atAnswer, atFactor } from './account-at';

/** An answer that no feed of a real asset reaches: 10^30 with 8 decimals. */
const ABSURD = 10n ** 38n;

/** The liquidatable point next to a safe one, by halving the stretch between them until they are one unit apart. */
function halve(account: AccountAt, safe: bigint, liquidatable: bigint): bigint {
  let [good, bad] = [safe, liquidatable];
  while (good - bad > 1n || bad - good > 1n) {
    const middle = (good + bad) / 2n;
    if (account.isLiquidatable(middle)) bad = middle;
    else good = middle;
  }
  return bad;
}

/** Down to 1 first, then up by doubling; `undefined` where neither liquidates. */
function search(account: AccountAt): bigint | undefined {
  const { today } = account;
  if (account.isLiquidatable(1n)) return halve(account, today, 1n);
  for (let [safe, next] = [today, today * 2n]; next < ABSURD; [safe, next] = [next, next * 2n]) {
    if (account.isLiquidatable(next)) return halve(account, safe, next);
  }
  return undefined;
}

export interface SearchedPrices {
  /** In the order of the holdings; `undefined`: none found. */
  readonly alone: readonly (bigint | undefined)[];
  /** 1e18 minus the drop. */
  readonly factor: bigint | undefined;
}

/**
 * All liquidation prices of a safe account with a debt, to the unit, as one finds them without a formula: the account is evaluated at one
 * price after the other. It may miss the nearest one where an asset stands on both sides, since there the roundings make it turn several times.
 */
export function searchLiquidationPrices(position: AavePosition): SearchedPrices {
  return {
    alone: position.holdings.map(({ reserve }) => search(atAnswer(position, reserve.asset.id))),
    factor: findFallenFactor(atFactor(position)),
  };
}

/** All collateral together can only fall: the least factor that leaves every feed an answer is far below any that matters. */
function findFallenFactor(account: AccountAt): bigint | undefined {
  const least = account.today / 10n ** 6n;
  return account.isLiquidatable(least) ? halve(account, account.today, least) : undefined;
}
