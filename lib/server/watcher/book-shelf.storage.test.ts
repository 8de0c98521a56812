import { expect, test } from 'vitest';
import { describeOnBoth, useStorage } from '../storage/testing/storage-targets';
import { removeBook, storeBook } from '../storage/watched';
import { BookShelf } from './book-shelf';

const documentOf = (id: string) => ({
  text: JSON.stringify({
    version: 1,
    prices: { eth: '3000', usdc: '1' },
    positions: [
      {
        id,
        venue: 'custom',
        collateral: [{ asset: 'eth', amount: '10', liquidationThreshold: '0.83' }],
        debt: [{ asset: 'usdc', amount: '20000' }],
      },
    ],
  }),
  goodRowsOnly: false,
});

describeOnBoth('the shelf of books', (createDatabase) => {
  const target = useStorage(createDatabase);

  test('has those that are asked for, of a set of the same size too, and reads again only what was stored anew', async () => {
    const { db } = target;
    for (const id of ['b1', 'b2'])
      await storeBook(db, { id, name: id, document: documentOf(`p-${id}`), storedAtMs: 1 });
    await storeBook(db, { id: 'broken', name: 'broken', document: { text: '{', goodRowsOnly: false }, storedAtMs: 1 });
    const shelf = new BookShelf(db);
    const idsOf = async (...ids: string[]) => [...(await shelf.load(new Set(ids))).keys()].sort();
    expect(await idsOf('b1', 'b2', 'broken', 'none')).toEqual(['b1', 'b2']);
    const both = await shelf.load(new Set(['b1', 'b2']));
    expect(await shelf.load(new Set(['b1', 'b2']))).toBe(both);
    expect(await idsOf('b1')).toEqual(['b1']);
    expect(await idsOf('b2')).toEqual(['b2']);
    await storeBook(db, { id: 'b2', name: 'b2', document: documentOf('p-new'), storedAtMs: 2 });
    const anew = await shelf.load(new Set(['b1', 'b2']));
    expect([...(anew.get('b2')?.positions.keys() ?? [])]).toEqual(['p-new']);
    expect(anew.get('b1')).toBe(both.get('b1'));
    await removeBook(db, 'b2');
    expect(await idsOf('b1', 'b2')).toEqual(['b1']);
  });
});
