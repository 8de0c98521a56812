import { createBookShelf, type ShelfStorage } from './book-shelf';

const DATABASE = 'ballast-books';
const TABLE = 'books';

/** A request of IndexedDB as a promise. */
const settle = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function openTable(mode: IDBTransactionMode) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath: 'id' });
  const database = await settle(opening);
  const transaction = database.transaction(TABLE, mode);
  // Only what is committed is kept: a full disk shows when the transaction ends.
  const committed = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  }).finally(() => database.close());
  return { table: transaction.objectStore(TABLE), committed };
}

async function change(act: (table: IDBObjectStore) => void): Promise<void> {
  const { table, committed } = await openTable('readwrite');
  act(table);
  await committed;
}

const indexedDbStorage: ShelfStorage = {
  async readAll() {
    const { table, committed } = await openTable('readonly');
    const records = await settle(table.getAll() as IDBRequest<unknown[]>);
    await committed;
    return records;
  },
  put: (record) => change((table) => table.put(record)),
  remove: (id) => change((table) => table.delete(id)),
};

/** The books of this browser, in IndexedDB: they may be larger than `localStorage` holds. Nothing is read until `load`. */
export const browserShelf = createBookShelf(indexedDbStorage);
