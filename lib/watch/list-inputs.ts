import type { OraclePrice } from '@/lib/domain/price';
import type { FiringInput } from '@/lib/triggers/firing';
import { type Position, rulesOf } from '@/lib/venues/registry';
import type { World } from './world';

const MARKET_DECIMALS = 8;

function toOracleInput({ assetId, answer, decimals, feed, roundId, updatedAtSeconds }: OraclePrice): FiringInput[] {
  if (answer === undefined) return [];
  return [
    {
      asset: assetId,
      source: 'oracle',
      from: feed ?? 'the venue’s oracle',
      answer: answer.toString(),
      decimals,
      round: roundId === undefined ? null : roundId.toString(),
      updatedAt: updatedAtSeconds === undefined ? null : new Date(updatedAtSeconds * 1_000).toISOString(),
    },
  ];
}

/** Every price that figures of these positions stand on, by oracle and by market, each once: what a firing is computed from again. */
export function listInputs(world: World, positions: readonly Position[]): readonly FiringInput[] {
  const prices = new Map<string, OraclePrice>();
  for (const position of positions) {
    for (const price of rulesOf(position).listPrices(position))
      prices.set(`${price.assetId} ${price.feed ?? ''}`, price);
  }
  const assets = new Set([...prices.values()].map(({ assetId }) => assetId));
  return [
    ...[...prices.values()].flatMap(toOracleInput),
    ...[...assets].flatMap((asset): FiringInput[] => {
      const market = world.marketPrices.get(asset);
      if (!market) return [];
      const { answer, source, observedAtMs } = market;
      const updatedAt = new Date(observedAtMs).toISOString();
      return [
        {
          asset,
          source: 'market',
          from: source,
          answer: answer.toString(),
          decimals: MARKET_DECIMALS,
          round: null,
          updatedAt,
        },
      ];
    }),
  ];
}
