import type { Asset } from '@/lib/domain/asset';
import { InvalidInputError } from '@/lib/domain/errors';
import type { HistoryColumn } from '@/lib/interchange/read-price-history';
import type { PriceSeries } from '@/lib/triggers/backtest/price-series';

/** Columns as series of the assets they are of, and what each that is none of them was taken for. */
export interface MatchedColumns {
  readonly series: readonly PriceSeries[];
  readonly unmatched: readonly string[];
}

const lower = (text: string): string => text.toLowerCase();

/** The assets that a column's name may mean: the one of that CAIP-19 id, else those of that symbol. */
function findAssets(name: string, assets: readonly Asset[]): readonly Asset[] {
  const named = assets.filter(({ id }) => lower(id) === lower(name));
  return named.length > 0 ? named : assets.filter(({ symbol }) => lower(symbol) === lower(name));
}

/**
 * Which column is of which asset: by its CAIP-19 id, or by its symbol where only one of the assets has it. What matches nothing, or more than one, is
 * left out and told. Prices are taken for the market's.
 *
 * Errors: `InvalidInputError` HISTORY where two columns are of one asset.
 * Example: of WETH and two tokens called USDC the column "weth" is matched, "USDC" is not.
 */
export function matchColumns(columns: readonly HistoryColumn[], assets: readonly Asset[]): MatchedColumns {
  const series = new Map<string, PriceSeries>();
  const unmatched: string[] = [];
  for (const { name, points } of columns) {
    const [found, ...others] = findAssets(name, assets);
    if (!found) unmatched.push(`The column “${name}” is of no asset of these positions.`);
    else if (others.length > 0) {
      unmatched.push(`The column “${name}” may be of several assets: call it by the asset’s id, such as ${found.id}.`);
    } else if (series.has(found.id)) {
      throw new InvalidInputError('HISTORY', `line 1, column ${name}: another column is of ${found.symbol} too`);
    } else series.set(found.id, { asset: found.id, source: 'market', points });
  }
  return { series: [...series.values()], unmatched };
}
