import type { BookLeg, BookPosition } from '@/lib/domain/book-position';
import { addRational, type Rational, sumRational } from '@/lib/units/rational';
import { reduceRational } from '@/lib/units/reduce-rational';
import { ZERO } from '../liquidation/book-values';
import type { RemedyChange, RemedyRequest } from './remedy';

const sumChanges = (changes: readonly RemedyChange[], side: RemedyChange['side'], asset: string): Rational =>
  sumRational(changes.filter((change) => change.side === side && change.asset === asset).map(({ amount }) => amount));

function applySide(
  legs: readonly BookLeg[],
  candidates: readonly BookLeg[],
  changes: readonly RemedyChange[],
  side: RemedyChange['side'],
): readonly BookLeg[] {
  const added = candidates.filter(({ asset }) => !legs.some((leg) => leg.asset === asset));
  const change = (leg: BookLeg): BookLeg => {
    const amount = sumChanges(changes, side, leg.asset);
    return amount.numerator === 0n ? leg : { ...leg, amount: reduceRational(addRational(leg.amount, amount)) };
  };
  const taken = added.map((leg) => change({ ...leg, amount: ZERO })).filter(({ amount }) => amount.numerator !== 0n);
  return [...legs.map(change), ...taken];
}

/**
 * The position after changes, exact; the one given is not changed. A candidate leg joins where it gets an amount; legs at 0 stay.
 * `candidates` as in the request that the changes came from.
 */
export function applyRemedy<Terms>(
  position: BookPosition<Terms>,
  changes: readonly RemedyChange[],
  candidates: RemedyRequest['candidates'] = {},
): BookPosition<Terms> {
  const { collateral = [], debt = [] } = candidates;
  return {
    ...position,
    collateral: applySide(position.collateral, collateral, changes, 'collateral'),
    debt: applySide(position.debt, debt, changes, 'debt'),
  };
}
