import type { Address, Asset } from '@/lib/domain/asset';
import type { OraclePrice, OracleWrite } from '@/lib/domain/price';
import { computeOracleJump, type OracleJump } from '@/lib/risk/oracle-jump';
import { computeOracleState, type OracleState } from '@/lib/risk/oracle-state';
import { type Position, rulesOf } from '@/lib/venues/registry';

/** One oracle that some position depends on, judged at a chain time. */
export interface OracleLine {
  readonly asset: Asset;
  readonly price: OraclePrice;
  readonly state: OracleState;
  /** Chain time since the last write; `undefined` where the feed does not tell. */
  readonly ageSeconds: number | undefined;
  /** Its last write was absurdly far from the answer before. */
  readonly jump: OracleJump | undefined;
}

export interface OracleSummary {
  /** Each asset and feed once, by symbol. */
  readonly lines: readonly OracleLine[];
  /** Those in order: what is late, broken or jumped counts there alone. */
  readonly liveCount: number;
  readonly lateCount: number;
  readonly jumpedCount: number;
  /** Missing or invalid: figures that need them are unknown. */
  readonly brokenCount: number;
  readonly oldestSeconds: number | undefined;
}

/** The oracles behind a set of positions and how they stand: the figures of the status pill and of the list of sources. Pure. */
export function computeOracleSummary(
  positions: readonly Position[],
  chainTimeSeconds: number,
  latestWrites: ReadonlyMap<Address, OracleWrite>,
): OracleSummary {
  const lines = new Map<string, OracleLine>();
  for (const position of positions) {
    const rules = rulesOf(position);
    const assets = new Map(rules.listLegs(position).map((leg) => [leg.asset.id, leg.asset]));
    for (const price of rules.listPrices(position)) {
      const asset = assets.get(price.assetId);
      const key = `${price.assetId} ${price.feed ?? ''}`;
      if (!asset || lines.has(key)) continue;
      const reading = computeOracleState(price, chainTimeSeconds);
      lines.set(key, { asset, price, ...reading, jump: computeOracleJump(price, latestWrites) });
    }
  }
  const sorted = [...lines.values()].sort((a, b) =>
    a.asset.symbol.toLowerCase() < b.asset.symbol.toLowerCase() ? -1 : 1,
  );
  const ages = sorted.flatMap(({ ageSeconds }) => (ageSeconds === undefined ? [] : [ageSeconds]));
  const count = (...states: readonly OracleState[]) => sorted.filter(({ state }) => states.includes(state)).length;
  const jumpedCount = sorted.filter(({ state, jump }) => state === 'live' && jump !== undefined).length;
  return {
    lines: sorted,
    liveCount: count('live') - jumpedCount,
    jumpedCount,
    lateCount: count('late'),
    brokenCount: count('invalid', 'missing'),
    oldestSeconds: ages.length > 0 ? Math.max(...ages) : undefined,
  };
}
