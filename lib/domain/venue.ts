import type { AssetId } from './asset';
import type { Evaluation, LiquidationPrices } from './evaluation';
import type { Leg, PositionBase } from './position';
import type { OraclePrice, PriceOverride } from './price';

/**
 * A venue's rules as pure functions over one position's state. One such object per venue stands in `lib/venues/registry.ts`;
 * table, worker, server, CLI and report all take their numbers from it.
 *
 * `override` puts other prices in the place of the oracle's (what-if, market price); it returns an answer in the oracle's own decimals,
 * or `undefined` to leave that price unknown. Without it the oracle's answers are used.
 */
export interface VenueRules<V extends string, Position extends PositionBase<V>> {
  readonly id: V;
  /** As people call it: "Aave v3". */
  readonly name: string;
  /** Second line of the venue column: the market, and what is special about the position ("Core · eMode ETH"). */
  formatMarket(position: Position): string;
  listLegs(position: Position): readonly Leg[];
  /** Every oracle price the position's figures depend on, each once. */
  listPrices(position: Position): readonly OraclePrice[];
  computeEvaluation(position: Position, override?: PriceOverride): Evaluation;
  /** Closed form, then an exact rounding step; at the position's oracle prices, or at the overriding ones. */
  computeLiquidationPrices(position: Position, override?: PriceOverride): LiquidationPrices;
  /** Health factor against the price of one asset, for drawing: a float per price, `null` where there is none. */
  computeHealthFactorAt(position: Position, assetId: AssetId, answer: bigint): bigint | null | undefined;
  /**
   * The position as it would be read with other answers of its oracles, balances and all else as they are: `replace` is asked for each of
   * `listPrices`. Its figures are those that an override with the same answers gives; what cannot be told at other prices is unknown in it.
   */
  replacePrices(position: Position, replace: (price: OraclePrice) => OraclePrice): Position;
}
