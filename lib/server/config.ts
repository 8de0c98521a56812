import 'server-only';
import type { DemoAccount } from '@/lib/config/env';
import type { ChainConfig } from '@/lib/domain/chain';
import { getLive } from './live';

/** What pages hand to the browser: nothing in it is private. */
export interface PublicConfig {
  readonly chain: ChainConfig;
  readonly demoAccounts: readonly DemoAccount[];
  /** Whether the simulated market can be controlled here. */
  readonly hasSimulatedMarket: boolean;
}

/** Reads what the browser may know of the configuration. Throws `InvalidInputError` ENV. */
export function readPublicConfig(): PublicConfig {
  const { chain, demoAccounts, market } = getLive().env;
  return { chain, demoAccounts, hasSimulatedMarket: market !== undefined };
}
