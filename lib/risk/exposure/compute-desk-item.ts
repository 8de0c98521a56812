import type { BookPosition, PriceBook } from '@/lib/domain/book-position';
import { type Known, known, unknown } from '@/lib/domain/known';
import { WAD, wad } from '@/lib/units/fixed';
import { floorRational, multiplyRational } from '@/lib/units/rational';
import { computeRiskClass, worseRiskClass } from '../risk-class';
import type { DeskEntry, DeskFigures, DeskItem, FindModel, LegValue } from './desk-book';
import { ceilFine, floorFine } from './fine-value';

const SIDES = ['collateral', 'debt'] as const;

function listLegs(position: BookPosition, prices: PriceBook): readonly LegValue[] {
  return SIDES.flatMap((side) =>
    position[side].map(({ asset, amount }) => {
      const price = prices.get(asset);
      if (!price) return { asset, side, value: undefined };
      const value = multiplyRational(amount, price);
      return { asset, side, value: side === 'collateral' ? floorFine(value) : ceilFine(value) };
    }),
  );
}

function computeFigures(entry: DeskEntry, findModel: FindModel): Known<DeskFigures> {
  const { position, prices, problem, venue, standing } = entry;
  if (!position) return unknown('read-failed', problem ?? 'The position could not be read.');
  const model = findModel(venue);
  if (!model) return unknown('read-failed', `There are no rules for the venue "${venue}".`);
  const missing = [...position.collateral, ...position.debt].find(({ asset }) => !prices.has(asset));
  if (missing) return unknown('price-missing', `The price of ${missing.asset} is not known.`);
  const evaluation = model.computeEvaluation(position, prices);
  const { together } = model.computeLiquidationPrices(position, prices);
  const healthFactor = evaluation.healthFactor && wad(floorRational(evaluation.healthFactor, WAD));
  return known({
    collateralValue: floorFine(evaluation.collateralValue),
    debtValue: ceilFine(evaluation.debtValue),
    // The contract rounds where the model is exact: at the edge its word decides.
    healthFactor: standing?.healthFactor === undefined ? healthFactor : standing.healthFactor,
    liquidatable: evaluation.liquidatable || standing?.liquidatable === true,
    drop: together.exists ? together.drop : null,
  });
}

/**
 * A position of the book by its venue's own model: the value of each leg, and, where every price is known, its health and its distance to
 * liquidation. One missing price makes the position as a whole unknown, its class too; the legs that have prices keep their values.
 *
 * Of a position with a standing the health factor is the contract's, and the class the worse of the two: a late price of 3,000 may leave
 * figures that are safe, the market's price beside it a class that is not.
 *
 * Rounding: held down, owed up, health factor down, all to 18 decimals; the distance is exact.
 * Example: 5 ETH at 3,000 (83 %) against 9,000 USDC: legs 15,000 and 9,000, health factor 1.383333333333333333, drop 1 − 9,000/12,450.
 */
export function computeDeskItem(entry: DeskEntry, findModel: FindModel): DeskItem {
  const { standing } = entry;
  const figures = computeFigures(entry, findModel);
  const legs = entry.position ? listLegs(entry.position, entry.prices) : [];
  const ownClass = figures.known
    ? computeRiskClass({
        liquidatable: known(figures.value.liquidatable),
        healthFactor: known(figures.value.healthFactor),
      })
    : 'unknown';
  return {
    entry,
    legs,
    figures,
    riskClass: standing ? worseRiskClass(ownClass, standing.riskClass) : ownClass,
    riskNote: standing?.note,
  };
}
