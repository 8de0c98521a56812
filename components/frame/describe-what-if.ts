import { formatFamily } from '@/lib/domain/asset-family';
import { formatChangeBps } from '@/lib/format/format-percent';
import type { WhatIf } from '@/lib/scenarios/what-if';

/** A what-if in words: "everything but dollar stablecoins −10 %, ETH −20 %"; empty where none is active. */
export function describeWhatIf({ allBps, byFamily }: WhatIf): string {
  const families = Object.entries(byFamily).map(([key, bps]) => `${formatFamily(key)} ${formatChangeBps(bps)}`);
  const all = allBps === 0 ? [] : [`everything but dollar stablecoins ${formatChangeBps(allBps)}`];
  return [...all, ...families].join(', ');
}
