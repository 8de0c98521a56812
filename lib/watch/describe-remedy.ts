import { computePositionRow } from '@/lib/book/compute-position-row';
import { NO_PROBE } from '@/lib/book/probe';
import { computeRemediesView } from '@/lib/book/remedies-view';
import type { RemedyStep } from '@/lib/book/remedy-steps';
import { formatAmount } from '@/lib/format/format-amount';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatUsd } from '@/lib/format/format-usd';
import { NO_WHAT_IF } from '@/lib/scenarios/what-if';
import type { Wad } from '@/lib/units/fixed';
import type { World } from './world';

const VERBS: Readonly<Record<RemedyStep['kind'], string>> = {
  supply: 'add',
  repay: 'repay',
  withdraw: 'sell',
  borrow: 'borrow',
};

const describeStep = ({ kind, asset, amount }: RemedyStep): string =>
  `${VERBS[kind]} ${formatAmount(amount, asset.decimals, 'up')} ${asset.symbol}`;

/**
 * The cheapest way to bring a position's health factor to a target, at the oracle's prices, of those its page lists for what it has; `undefined`
 * where there is none, or it is there already. `target` has 18 decimals.
 *
 * Example: "repay 4,166.7 USDC: health factor 1.500, at a cost of $4,167".
 */
export function describeRemedy(world: World, positionId: string, target: Wad): string | undefined {
  const position = world.positions.get(positionId);
  if (!position || !world.block) return undefined;
  const { owner } = position;
  const row = computePositionRow(
    position,
    { address: owner, label: world.nameOwner(owner), kind: 'watched' },
    {
      blind: world.blind,
      chainTimeSeconds: world.block.timestampSeconds,
      marketPrices: world.marketPrices,
      latestWrites: new Map(),
      nowMs: world.nowMs,
      whatIf: NO_WHAT_IF,
    },
  );
  const view = computeRemediesView(row, { target, probe: NO_PROBE, withNew: false });
  if (!view.known || view.value.isReached) return undefined;
  const possible = view.value.single.filter(({ unavailable, isNew }) => unavailable === undefined && !isNew);
  const { cheapest } = view.value;
  const ways = cheapest && !cheapest.isNew ? [cheapest, ...possible] : possible;
  const [first, ...rest] = ways;
  if (!first) return undefined;
  const best = rest.reduce((least, way) => (way.cost < least.cost ? way : least), first);
  const after =
    best.healthFactorAfter === null ? 'no debt' : `health factor ${formatHealthFactor(best.healthFactorAfter)}`;
  return `${best.steps.map(describeStep).join(', ')}: ${after}, at a cost of ${formatUsd(best.cost, 'up')}`;
}
