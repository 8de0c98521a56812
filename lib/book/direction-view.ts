import type { Asset } from '@/lib/domain/asset';
import { type Known, known } from '@/lib/domain/known';
import { computeDirectionPrice, type NoDirectionReason } from '@/lib/risk/liquidation/direction-price';
import { computeNetWeight } from '@/lib/risk/liquidation/linear-edge';
import { computeTimeToLiquidation, type TimeToLiquidation } from '@/lib/risk/liquidation/time-to-liquidation';
import { computeMove, type WhatIf } from '@/lib/scenarios/what-if';
import { powerOfTen } from '@/lib/units/power-of-ten';
import {
  ceilRational,
  compareRational,
  floorRational,
  multiplyRational,
  type Rational,
  rational,
} from '@/lib/units/rational';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import type { PositionRow } from './position-row';
import { NO_PROBE } from './probe';
import { computeRowEdge } from './row-edge';

const ONCE = rational(1n);

/** What one asset's oracle answers where a move liquidates, and how far that is from the row's price. */
export interface DirectionAnswer {
  readonly asset: Asset;
  /** Where it turns, in the oracle's unit, rounded toward today's: for showing. */
  readonly turn: bigint;
  /** A unit beyond where it turns or less, on the side that liquidates: a point to look at. At least 1. */
  readonly beyond: bigint;
  readonly decimals: number;
  /** Where it turns / today − 1, exact. */
  readonly change: Rational;
  /** How the turn and the change are rounded for showing: toward today's. */
  readonly rounding: 'down' | 'up';
}

export type DirectionView =
  | {
      readonly exists: true;
      /** How many times the move takes place: at 0.43, 43 % of it liquidates. Exact. */
      readonly times: Rational;
      /** Less than the whole move liquidates; decided on the fraction. */
      readonly isWithin: boolean;
      /** More than the whole move is needed. At exactly once it turns, and neither is said. */
      readonly survives: boolean;
      /** Of the assets that move. */
      readonly answers: readonly DirectionAnswer[];
    }
  | { readonly exists: false; readonly reason: NoDirectionReason; readonly text: string };

/** The nearest whole answer that is worse for the position than a price; an asset of no weight stays on this side of it. */
function stepBeyond(price: Rational, unit: bigint, netWeight: Rational): bigint {
  const beyond = netWeight.numerator > 0n ? ceilRational(price, unit) - 1n : floorRational(price, unit) + 1n;
  const answer = netWeight.numerator === 0n ? floorRational(price, unit) : beyond;
  return answer > 0n ? answer : 1n;
}

/**
 * How far prices may go along a move before the position turns: each asset moves in proportion to what the move does to it, the others are
 * held. Closed form (`computeDirectionPrice`), exact; where it turns is rounded to the oracle's unit toward today's, never to its other side.
 *
 * Example: 10 ETH at 83 % against 20,000 and a move of −20 % of an ETH of 3,000: (24,900 − 20,000) / 4,980 = 0.98 of it, ETH
 * 2,409.6385542…: it turns at 2,409.63855422 as shown, and is liquidatable at 2,409.63855421.
 */
export function computeDirectionView(row: PositionRow, move: WhatIf): Known<DirectionView> {
  const found = computeRowEdge(row, NO_PROBE);
  if (!found.known) return found;
  const { edge, prices } = found.value;
  const moves = new Map(row.prices.map(({ asset }) => [asset.id as string, computeMove(asset, move)]));
  const direction = computeDirectionPrice(edge, prices, moves);
  if (!direction.exists) return known(direction);
  const { t } = direction;
  const answers = row.prices.flatMap(({ asset, price }): DirectionAnswer[] => {
    const [speed, at, before] = [moves.get(asset.id), direction.prices.get(asset.id), prices.get(asset.id)];
    if (!speed || speed.numerator === 0n || !at || !before) return [];
    const { decimals } = price;
    const unit = powerOfTen(decimals);
    const change = multiplyRational(speed, t);
    const rounding = roundTowardToday(change.numerator < 0n ? 'below' : 'above');
    const turn = (rounding === 'up' ? ceilRational : floorRational)(at, unit);
    const beyond = stepBeyond(at, unit, computeNetWeight(edge, asset.id));
    return [{ asset, turn, beyond, decimals, change, rounding }];
  });
  const order = compareRational(t, ONCE);
  return known({ exists: true, times: t, isWithin: order < 0, survives: order > 0, answers });
}

/** How long until interest alone makes the position liquidatable, prices held where the row has them. */
export function computeInterestView(row: PositionRow): Known<TimeToLiquidation> {
  const found = computeRowEdge(row, NO_PROBE);
  if (!found.known) return found;
  const { position, edge, prices } = found.value;
  return known(computeTimeToLiquidation(position, edge, prices));
}
