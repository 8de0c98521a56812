import type { Benchmark } from './benchmark';
import { cli } from './cli';
import { evaluate } from './evaluate';
import { firstLoad } from './first-load';
import { liquidationPrices } from './liquidation-prices';
import { reads } from './reads';
import { triggers } from './triggers';

/** Every benchmark, one line each, in the order in which they run. */
export const benchmarks: readonly Benchmark[] = [reads, evaluate, liquidationPrices, cli, triggers, firstLoad];
