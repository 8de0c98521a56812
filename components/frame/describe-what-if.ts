import { formatFamily } from '@/lib/domain/asset-family';
import { formatChangeBps } from '@/lib/format/format-percent';
import type { WhatIf } from '@/lib/scenarios/what-if';

/** A what-if in words: "everything but dollar stablecoins −10 %, ETH −20 %"; empty where none is active. */
export function describeWhatIf({ allBps, byFamily }: WhatIf): string {
  const families = Object.entries(byFamily).map(([key, bps]) => `${formatFamily(key)} ${formatChangeBps(bps)}`);
  const all = allBps === 0 ? [] : [`everything but dollar stablecoins ${formatChangeBps(allBps)}`];
  return [...all, ...families].join(', ');
}

/** Names of the families that a what-if moves and that are not among `held`. `listUnmoved(eth −20 %, {btc})` is ["ETH"]. */
export const listUnmoved = ({ byFamily }: WhatIf, held: ReadonlySet<string>): readonly string[] =>
  Object.entries(byFamily)
    .filter(([key, bps]) => bps !== 0 && !held.has(key))
    .map(([key]) => formatFamily(key));
