import type { Asset } from '@/lib/domain/asset';
import { computeAssetFamily } from '@/lib/domain/asset-family';
import { type Rational, rational } from '@/lib/units/rational';
import type { Scenario } from './scenario';

/** A shock put on today's prices. Basis points of the price; −2000 is −20 %. An empty one changes nothing. */
export interface WhatIf {
  /** Every family that is no dollar stablecoin. */
  readonly allBps: number;
  /** On top of `allBps`, multiplied. */
  readonly byFamily: Readonly<Record<string, number>>;
}

export const NO_WHAT_IF: WhatIf = { allBps: 0, byFamily: {} };

/** Bounds of one shock: no price falls to 0 (an oracle that answers 0 is broken, not cheap), none rises past tenfold. */
export const WHAT_IF_MIN_BPS = -9900;
export const WHAT_IF_MAX_BPS = 90_000;

const ONE = 10_000n;

export const isWhatIfActive = (whatIf: WhatIf): boolean =>
  whatIf.allBps !== 0 || Object.values(whatIf.byFamily).some((shock) => shock !== 0);

/**
 * A price under the shock: ⌊answer · (1 + all) · (1 + family)⌋ in the answer's own decimals, never below 1 unit for a positive answer.
 * `computeShockedAnswer(300000000000n, weth, { allBps: 0, byFamily: { eth: -2000 } })` is 240000000000n.
 */
export function computeShockedAnswer(answer: bigint, asset: Pick<Asset, 'symbol'>, whatIf: WhatIf): bigint {
  if (answer <= 0n) return answer;
  const family = computeAssetFamily(asset);
  const all = family.stable ? 0 : whatIf.allBps;
  const own = whatIf.byFamily[family.key] ?? 0;
  if (all === 0 && own === 0) return answer;
  const shocked = (answer * (ONE + BigInt(all)) * (ONE + BigInt(own))) / (ONE * ONE);
  return shocked > 0n ? shocked : 1n;
}

/** What the shock does to an asset's price, as an exact change: (1 + all)·(1 + family) − 1, so −20 % is −1/5. */
export function computeMove(asset: Pick<Asset, 'symbol'>, whatIf: WhatIf): Rational {
  const family = computeAssetFamily(asset);
  const all = BigInt(family.stable ? 0 : whatIf.allBps);
  const own = BigInt(whatIf.byFamily[family.key] ?? 0);
  return rational((ONE + all) * (ONE + own) - ONE * ONE, ONE * ONE);
}

/** The shock a scenario stands for: what it says of a family replaces what it says of all. */
export function scenarioToWhatIf(
  scenario: Scenario,
  families: readonly { readonly key: string; readonly stable: boolean }[],
): WhatIf {
  const byFamily: Record<string, number> = {};
  for (const family of families) {
    const shock = scenario.byFamily[family.key] ?? (family.stable ? 0 : scenario.allBps);
    if (shock !== 0) byFamily[family.key] = shock;
  }
  return { allBps: 0, byFamily };
}

/** Adds `stepBps` to the common shock and keeps it within bounds: what `[` and `]` do. */
export const nudgeWhatIf = (whatIf: WhatIf, stepBps: number): WhatIf => ({
  ...whatIf,
  allBps: Math.min(WHAT_IF_MAX_BPS, Math.max(WHAT_IF_MIN_BPS, whatIf.allBps + stepBps)),
});
