import type { AssetKey } from '@/lib/domain/book-position';
import { toOptional } from '@/lib/domain/known';
import type { DeskItem, LegValue } from '@/lib/risk/exposure/desk-book';
import type { DeskRow } from './desk-protocol';

const nameLegs = (legs: readonly LegValue[], side: LegValue['side'], nameOf: (asset: AssetKey) => string): string =>
  legs
    .filter((leg) => leg.side === side)
    .map(({ asset }) => nameOf(asset))
    .join(', ');

/** A position as the table shows it. Figures stay exact; what is unknown is `undefined`, with the reason. */
export function toDeskRow(
  { entry, legs, figures, riskClass, riskNote }: DeskItem,
  nameOf: (asset: AssetKey) => string,
  venueName: (venue: string) => string,
  isMoved: (asset: AssetKey) => boolean,
): DeskRow {
  const value = toOptional(figures);
  return {
    id: entry.id,
    venue: venueName(entry.venue),
    owner: entry.owner ?? '',
    counterparty: entry.counterparty ?? '',
    held: nameLegs(legs, 'collateral', nameOf),
    owed: nameLegs(legs, 'debt', nameOf),
    collateral: value?.collateralValue,
    debt: value?.debtValue,
    healthFactor: value?.healthFactor,
    drop: value?.drop,
    liquidatable: value?.liquidatable === true,
    riskClass,
    riskNote,
    reason: figures.known ? undefined : figures.reason.text,
    affected: legs.some(({ asset }) => isMoved(asset)),
  };
}
