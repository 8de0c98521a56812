import { policy } from '@/lib/config/policy';
import type { Asset, AssetId } from '@/lib/domain/asset';
import { computeAssetFamily } from '@/lib/domain/asset-family';
import type { OraclePrice } from '@/lib/domain/price';
import { type PriceMover, simulatePath } from '@/lib/scenarios/simulate-prices';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { rational } from '@/lib/units/rational';
import type { PriceMoment } from './walk-moments';

/** How prices are simulated. The first moment is `fromMs`, at the oracles' prices of now. */
export interface SimulationSource {
  readonly seed: number;
  readonly pathCount: number;
  readonly horizonSeconds: number;
  readonly stepSeconds: number;
  readonly fromMs: number;
}

/** Gold has a market of its own. */
const OWN_MARKET: ReadonlySet<string> = new Set(['xaut']);
const MS = 1_000;
/** Digits of a simulated move that are kept. */
const RELATIVE_DIGITS = 12;
const RELATIVE_UNIT = powerOfTen(RELATIVE_DIGITS);

function toMover(asset: Asset): PriceMover {
  const { key, stable } = computeAssetFamily(asset);
  const follows = stable ? 'pegged' : OWN_MARKET.has(key) ? 'own' : 'market';
  const { yearlyVolatility, otherYearlyVolatility } = policy.preview;
  return { key, follows, yearlyVolatility: yearlyVolatility[key] ?? otherYearlyVolatility };
}

/** What moves together, each once: a wrapped or staked token goes with what it stands for. */
export const listMovers = (assets: readonly Asset[]): readonly PriceMover[] => [
  ...new Map(assets.map((asset) => [computeAssetFamily(asset).key, toMover(asset)])).values(),
];

/**
 * One simulated path as moments of the market: today's price of each asset times what its family does (`simulatePath`), the float taken over with 12
 * decimals here and nowhere else. An asset whose price cannot be used now is not told.
 */
export function* simulateMoments(
  assets: readonly Asset[],
  today: ReadonlyMap<AssetId, OraclePrice>,
  { seed, horizonSeconds, stepSeconds, fromMs }: SimulationSource,
  path: number,
): Generator<PriceMoment, void> {
  const movers = listMovers(assets);
  const stepCount = Math.floor(horizonSeconds / stepSeconds);
  const lines = simulatePath({ movers, seed, stepSeconds, stepCount }, path);
  const lineOf = new Map(movers.map(({ key }, index) => [key, lines[index]]));
  const priced = assets.flatMap((asset) => {
    const { answer, decimals, problem } = today.get(asset.id) ?? {};
    const line = lineOf.get(computeAssetFamily(asset).key);
    if (answer === undefined || decimals === undefined || problem || !line) return [];
    return [{ id: asset.id, answer, line, unit: powerOfTen(decimals) * RELATIVE_UNIT }];
  });
  for (let step = 0; step <= stepCount; step += 1) {
    const market = new Map(
      priced.map(({ id, answer, line, unit }) => {
        const relative = BigInt(Math.round((line[step] ?? 1) * 10 ** RELATIVE_DIGITS));
        return [id, rational(answer * relative, unit)] as const;
      }),
    );
    yield { atMs: fromMs + step * stepSeconds * MS, market, oracle: new Map() };
  }
}
