import type { AssetKey } from '@/lib/domain/book-position';
import type { Known, UnknownReason } from '@/lib/domain/known';
import type { BookSnapshot } from '@/lib/domain/venue-actions';
import type { DeskBook, DeskEntry } from '@/lib/risk/exposure/desk-book';
import { toBook as aaveToBook } from '@/lib/venues/aave-v3/to-book';
import { toBook as morphoToBook } from '@/lib/venues/morpho-blue/to-book';
import { type Position, rulesOf } from '@/lib/venues/registry';

function toSnapshot(position: Position): Known<BookSnapshot> {
  switch (position.venue) {
    case 'aave-v3':
      return aaveToBook(position);
    case 'morpho-blue':
      return morphoToBook(position);
  }
}

/**
 * Positions read from chain as a book on screen, at their oracles' prices; `nameOwner` gives the name an address goes by. A position whose
 * prices are not known is there without figures, with the reason; where nothing may be shown (`blind`), so are all.
 */
export function toDeskBook(
  positions: readonly Position[],
  nameOwner: (address: string) => string,
  blind: UnknownReason | undefined,
): DeskBook {
  const symbols = new Map<AssetKey, string>();
  const entries = positions.map((position): DeskEntry => {
    for (const { asset } of rulesOf(position).listLegs(position)) symbols.set(asset.id, asset.symbol);
    const snapshot = blind ? { known: false as const, reason: blind } : toSnapshot(position);
    const { id, venue } = position;
    const owner = nameOwner(position.owner);
    const shared = { id, venue, owner, counterparty: undefined };
    return snapshot.known
      ? { ...shared, position: snapshot.value.position, prices: snapshot.value.prices, problem: undefined }
      : { ...shared, position: undefined, prices: new Map(), problem: snapshot.reason.text };
  });
  return { entries, symbols };
}
