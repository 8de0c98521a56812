import 'server-only';
import type { Db } from './schema';

/**
 * Does all of the work or none of it: in the transaction that the handle is, or else in one of its own. So small changes compose: what takes
 * a handle can be done alone or as a part of more.
 */
export function inTransaction<T>(db: Db, work: (transaction: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
