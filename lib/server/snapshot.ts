import 'server-only';
import type { Address } from '@/lib/domain/asset';
import type { FirstPaint } from './first-paint';
import { getLive } from './live';

/**
 * What a page starts from: the live state, and the positions of the demo accounts and of `extraOwners` where the chain tells them within
 * the budget. Throws `InvalidInputError` ENV where the configuration is not valid.
 */
export function readFirstPaint(extraOwners: readonly Address[] = [], budgetMs?: number): Promise<FirstPaint> {
  const { env, firstPaint } = getLive();
  const owners = [...new Set([...env.demoAccounts.map(({ address }) => address), ...extraOwners])];
  return firstPaint(owners, budgetMs);
}
