import type { AssetKey, BookLeg, LegParameter, PriceBook } from '@/lib/domain/book-position';
import type { BookLiquidationPrice, BookLiquidationPrices } from '@/lib/domain/venue-model';
import type { DeskItem, FindModel } from '@/lib/risk/exposure/desk-book';
import { divideRational, type Rational, rational, subtractRational } from '@/lib/units/rational';
import type { DeskDetail, DeskRow, DetailLeg, DetailPrice } from './desk-protocol';

const ONE = rational(1n);

function listLegs({ entry, legs }: DeskItem, nameOf: (asset: AssetKey) => string): readonly DetailLeg[] {
  const { position, prices } = entry;
  if (!position) return [];
  const parts = [...position.collateral, ...position.debt];
  // The item's legs stand in the same order: collateral, then debt.
  return legs.flatMap(({ side, asset, value }, index) => {
    const leg: BookLeg | undefined = parts[index];
    if (!leg) return [];
    const { amount, enabled, borrowRate } = leg;
    const parameters = Object.entries(leg.parameters) as [LegParameter, Rational][];
    return {
      side,
      asset,
      name: nameOf(asset),
      amount,
      enabled,
      price: prices.get(asset),
      value,
      parameters: parameters.map(([name, parameter]) => ({ name, value: parameter })),
      borrowRate,
    };
  });
}

const findChange = (price: BookLiquidationPrice, now: Rational | undefined): Rational | undefined =>
  price.exists && now && now.numerator > 0n ? subtractRational(divideRational(price.price, now), ONE) : undefined;

const listPrices = (
  { alone }: BookLiquidationPrices,
  prices: PriceBook,
  nameOf: (asset: AssetKey) => string,
): readonly DetailPrice[] =>
  [...alone].map(([asset, price]) => ({
    asset,
    name: nameOf(asset),
    price,
    change: findChange(price, prices.get(asset)),
  }));

/**
 * Legs, health and liquidation prices of one position, at the prices it was evaluated at. While one of its prices is unknown so are its health
 * and its liquidation prices; the legs that have prices keep their values.
 *
 * Example: 10 wstETH at 3,600 (86 %) against 9,000 USDC: alone wstETH 9,000/8.6 = 1,046.51…, −70.93 %.
 */
export function computeDeskDetail(
  item: DeskItem,
  row: DeskRow,
  findModel: FindModel,
  nameOf: (asset: AssetKey) => string,
): DeskDetail {
  const { position, prices, venue } = item.entry;
  const model = findModel(venue);
  const legs = listLegs(item, nameOf);
  if (!position || !model || !item.figures.known) return { row, legs, figures: undefined };
  const found = model.computeLiquidationPrices(position, prices);
  return {
    row,
    legs,
    figures: {
      evaluation: model.computeEvaluation(position, prices),
      alone: listPrices(found, prices, nameOf),
      together: found.together,
    },
  };
}
