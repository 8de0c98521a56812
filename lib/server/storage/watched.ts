import 'server-only';
import { toJsonb } from './column-types';
import type { Db } from './schema';

/** An address whose positions the server reads by itself, also while no browser is open. */
export interface WatchedOwner {
  readonly chainId: number;
  /** Lower case. */
  readonly address: string;
  readonly label: string;
}

export interface StoredBook {
  readonly id: string;
  readonly name: string;
  readonly document: unknown;
  readonly storedAtMs: number;
}

/** Keeps an address in view; one that is there already takes the new label. */
export async function watchOwner(db: Db, { chainId, address, label }: WatchedOwner, atMs: number): Promise<void> {
  await db
    .insertInto('watched_owners')
    .values({ chain_id: chainId, address: address.toLowerCase(), label, watched_at: atMs })
    .onConflict((on) => on.columns(['chain_id', 'address']).doUpdateSet({ label }))
    .execute();
}

/** Lets an address go. */
export async function unwatchOwner(db: Db, chainId: number, address: string): Promise<void> {
  await db
    .deleteFrom('watched_owners')
    .where('chain_id', '=', chainId)
    .where('address', '=', address.toLowerCase())
    .execute();
}

/** The addresses of a chain that are kept in view. */
export async function listWatchedOwners(db: Db, chainId: number): Promise<readonly WatchedOwner[]> {
  const rows = await db
    .selectFrom('watched_owners')
    .select(['address', 'label'])
    .where('chain_id', '=', chainId)
    .orderBy('address')
    .execute();
  return rows.map((row) => ({ chainId, ...row }));
}

/** Keeps a whole book; one of the same id is replaced. Errors: `InvalidInputError` (`toJsonb`). */
export async function storeBook(db: Db, { id, name, document, storedAtMs }: StoredBook): Promise<void> {
  const columns = { name, document: toJsonb(document), stored_at: storedAtMs };
  await db
    .insertInto('stored_books')
    .values({ id, ...columns })
    .onConflict((on) => on.column('id').doUpdateSet(columns))
    .execute();
}

/** A book that was stored; `undefined`: there is none of that id. */
export async function readBook(db: Db, id: string): Promise<StoredBook | undefined> {
  const row = await db.selectFrom('stored_books').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { id, name: row.name, document: row.document, storedAtMs: row.stored_at };
}

/** All stored books without their documents. */
export async function listStoredBooks(db: Db): Promise<readonly Omit<StoredBook, 'document'>[]> {
  const rows = await db.selectFrom('stored_books').select(['id', 'name', 'stored_at']).orderBy('id').execute();
  return rows.map(({ id, name, stored_at }) => ({ id, name, storedAtMs: stored_at }));
}

/** Forgets a book. */
export async function removeBook(db: Db, id: string): Promise<void> {
  await db.deleteFrom('stored_books').where('id', '=', id).execute();
}
