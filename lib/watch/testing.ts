import type { AssetId } from '@/lib/domain/asset';
import type { MarketPrice } from '@/lib/domain/price';
import type { Trigger, TriggerCondition, TriggerScope } from '@/lib/triggers/trigger';
import { parseDecimal } from '@/lib/units/decimal';
import type { Position } from '@/lib/venues/registry';
import { PriceRecord } from './price-record';
import type { World } from './world';

/** Worlds and triggers by hand, for unit tests. */

const MARKET_DECIMALS = 8;
const NOW_MS = 1_800_000_000_000;

export function toWorld(positions: readonly Position[], changes: Partial<World> = {}): World {
  return {
    blind: undefined,
    block: { number: 7n, hash: `0x${'22'.repeat(32)}`, timestampSeconds: 1_000 },
    positions: new Map(positions.map((position) => [position.id, position])),
    readOwners: new Set(positions.map(({ owner }) => owner.toLowerCase())),
    unread: new Map(),
    books: new Map(),
    marketPrices: new Map(),
    nowMs: NOW_MS,
    prices: new PriceRecord(),
    nameOwner: (owner) => `owner ${owner.slice(-2)}`,
    ...changes,
  };
}

export function toMarketPrices(
  prices: Readonly<Record<AssetId, string>>,
  receivedAtMs = NOW_MS,
): ReadonlyMap<AssetId, MarketPrice> {
  const listed = Object.entries(prices) as [AssetId, string][];
  return new Map(
    listed.map(([assetId, price]) => [
      assetId,
      {
        assetId,
        answer: parseDecimal(price, MARKET_DECIMALS),
        observedAtMs: receivedAtMs,
        receivedAtMs,
        source: 'test',
      },
    ]),
  );
}

export const toTrigger = (
  scope: TriggerScope,
  conditions: readonly (Omit<TriggerCondition, 'params'> & Partial<Pick<TriggerCondition, 'params'>>)[],
  changes: Partial<Trigger> = {},
): Trigger => ({
  name: 'test',
  scope,
  combine: 'any',
  conditions: conditions.map((condition) => ({ params: {}, ...condition })),
  severity: 'warning',
  dwell: { seconds: 0, ticks: 1 },
  cooldownSeconds: 0,
  channels: [],
  ...changes,
});
