import { policy } from '@/lib/config/policy';
import type { Asset } from '@/lib/domain/asset';
import { formatNumber } from '@/lib/format/format-number';
import type { PriceSeries } from '@/lib/triggers/backtest/price-series';
import { formatSpan } from '@/lib/triggers/format-level';
import { rulesOf } from '@/lib/venues/registry';
import type { PreviewPlan } from './plan-preview';
import { listMovers } from './simulate-moments';
import type { PriceSpan } from './walk-moments';

const BPS_PER_CENT = 100;
const MS = 1_000;
const percent = (share: number): string => `${formatNumber(share * 100, 0)} %`;
const listNames = (assets: readonly Asset[]): string => assets.map(({ symbol }) => symbol).join(', ');

/** How oracles were taken to write, and what stays as it is; true of every source. */
function describeModel({ world, assets }: PreviewPlan, told: readonly PriceSeries[] | undefined): readonly string[] {
  const prices = [...world.positions.values()].flatMap((position) => rulesOf(position).listPrices(position));
  const isAssumed = prices.some(({ deviationBps }) => deviationBps === undefined);
  const recorded = told?.filter(({ source }) => source === 'oracle').map(({ asset }) => asset) ?? [];
  const following = assets.filter(({ id }) => !recorded.includes(id));
  const assumed = isAssumed
    ? `, ${policy.preview.oracleDeviationBps / BPS_PER_CENT} % where a feed does not publish its threshold`
    : '';
  return [
    'Balances, rates and limits stay what they are now: interest is not added.',
    ...(following.length > 0
      ? [
          `Oracles of ${listNames(following)} write when the market is off by their threshold${assumed}, or their heartbeat is over, without delay.`,
        ]
      : []),
  ];
}

/** What a preview over recorded or imported prices takes for granted, a sentence each. */
export function describeSeries(plan: PreviewPlan, series: readonly PriceSeries[], span: PriceSpan): readonly string[] {
  const held = plan.assets.filter(({ id }) => !series.some(({ asset }) => asset === id));
  return [
    ...(held.length > 0
      ? [`Nothing is told of the price of ${listNames(held)}: it stays at its oracle’s of now.`]
      : []),
    ...(span.longestHoleMs === undefined
      ? []
      : [
          `The record has holes, the longest of ${formatSpan(Math.floor(span.longestHoleMs / MS))}: what held before one is taken to have held through it.`,
        ]),
    ...(span.leftOut > 0
      ? [`The oldest ${formatNumber(span.leftOut, 0)} moments are left out: there are too many.`]
      : []),
    ...describeModel(plan, series),
  ];
}

/** What a preview over simulated prices takes for granted, a sentence each. */
export function describeSimulation(plan: PreviewPlan): readonly string[] {
  const movers = listMovers(plan.assets);
  const free = movers.filter(({ follows }) => follows !== 'pegged');
  const pegged = movers.filter(({ follows }) => follows === 'pegged');
  const { commonShare, jumpsPerYear, pegSpread } = policy.preview;
  const rates = free.map(({ key, yearlyVolatility }) => `${key.toUpperCase()} ${percent(yearlyVolatility)}`).join(', ');
  return [
    ...(free.length > 0
      ? [
          `Prices wander without drift from the oracles’ of now, with a volatility a year of ${rates}; of crypto assets ${percent(commonShare)} of the variance is common, and all of them jump together ${jumpsPerYear} times a year. Our figures, no forecast.`,
        ]
      : []),
    ...(pegged.length > 0
      ? [
          `Dollars (${pegged.map(({ key }) => key.toUpperCase()).join(', ')}) stay within some ${formatNumber(pegSpread * 100, 1)} % of where they are: no path loses its peg.`,
        ]
      : []),
    ...describeModel(plan, undefined),
  ];
}
