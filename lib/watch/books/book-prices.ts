import type { AssetId } from '@/lib/domain/asset';
import type { AssetKey, BookPosition, PriceBook } from '@/lib/domain/book-position';
import { type Known, known, unknown } from '@/lib/domain/known';
import type { PriceSource } from '@/lib/triggers/subject';
import type { Rational } from '@/lib/units/rational';
import { readOraclePrice } from '../chain-asset';
import { findLegs } from '../find-legs';
import { readMarketPrice } from '../market-prices';
import type { World } from '../world';

/** By the oracle of the position's own venue where that is read, else by the first that tells a price of it. */
function readOracle({ positions }: World, asset: AssetKey, venue: string): Known<Rational> {
  const held = findLegs(positions, asset);
  const found = held.find(({ position }) => position.venue === venue) ?? held[0];
  if (found) return readOraclePrice(found.leg.price, found.leg.asset.symbol);
  return unknown('price-missing', `No feed tells the price of ${asset}; what the book’s file says of it is not live.`);
}

/** The live price of an asset of a book, base currency: of one that the chain knows by the same key. */
const readLivePrice = (world: World, asset: AssetKey, venue: string, source: PriceSource): Known<Rational> =>
  source === 'oracle' ? readOracle(world, asset, venue) : readMarketPrice(world, asset as AssetId, asset);

/** Every asset that a position holds or owes, each once. */
export const listBookAssets = ({ collateral, debt }: BookPosition): readonly AssetKey[] => [
  ...new Set([...collateral, ...debt].map(({ asset }) => asset)),
];

/**
 * Live prices of everything in a position. Unknown as a whole where one of them is not told: a figure on the prices of a file would look as if it
 * watched.
 */
export function readLivePrices(world: World, position: BookPosition, source: PriceSource): Known<PriceBook> {
  const prices = new Map<AssetKey, Rational>();
  for (const asset of listBookAssets(position)) {
    const price = readLivePrice(world, asset, position.venue, source);
    if (!price.known) return price;
    prices.set(asset, price.value);
  }
  return known(prices);
}
