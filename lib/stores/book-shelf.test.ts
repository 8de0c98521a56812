import { describe, expect, test } from 'vitest';
import { createBookShelf, type ShelfStorage } from './book-shelf';
import type { KeptBook } from './kept-book';
import { formatFallMark, parseFallMark } from './risk-view-state';

const book = (id: string, importedAtMs = 1): KeptBook => ({
  id,
  name: `${id}.json`,
  text: '{}',
  goodRowsOnly: false,
  count: 3,
  importedAtMs,
});

/** A storage that holds records as a browser does: copies. */
function createMemory(records: readonly { readonly id: string }[] = [], refuses = false): ShelfStorage {
  const held = new Map<string, unknown>(records.map((record) => [record.id, structuredClone(record)]));
  const guard = async () => {
    if (refuses) throw new Error('The quota has been exceeded.');
  };
  return {
    readAll: async () => [...held.values()],
    put: async (record) => {
      await guard();
      held.set(record.id, structuredClone(record));
    },
    remove: async (id) => {
      await guard();
      held.delete(id);
    },
  };
}

describe('the shelf', () => {
  test('keeps books and finds them again, newest first', async () => {
    const memory = createMemory();
    const shelf = createBookShelf(memory);
    await shelf.getState().keep(book('a', 1));
    await shelf.getState().keep(book('b', 2));
    const again = createBookShelf(memory);
    expect(again.getState().books).toBeUndefined();
    await again.getState().load();
    expect(again.getState().books).toEqual([book('b', 2), book('a', 1)]);
    await again.getState().remove('b');
    await shelf.getState().load();
    expect(shelf.getState().books).toEqual([book('a', 1)]);
  });

  test('says what it cannot read, and leaves it where it is', async () => {
    const memory = createMemory([{ id: 'later', version: 2 } as { id: string }]);
    const shelf = createBookShelf(memory);
    await shelf.getState().load();
    expect(shelf.getState()).toMatchObject({ books: [], unreadableCount: 1 });
    await shelf.getState().keep(book('a'));
    expect(await memory.readAll()).toHaveLength(2);
  });

  test('keeps a book for the tab where the browser refuses, and says so; what it cannot delete stays', async () => {
    const shelf = createBookShelf(createMemory([], true));
    await shelf.getState().keep(book('a'));
    expect(shelf.getState().books).toEqual([book('a')]);
    expect(shelf.getState().problem).toContain('a.json');
    await shelf.getState().remove('a');
    expect(shelf.getState().books).toHaveLength(1);
  });

  test('of a browser that cannot be read is empty, and says so', async () => {
    const shelf = createBookShelf({ ...createMemory(), readAll: () => Promise.reject(new Error('denied')) });
    await shelf.getState().load();
    expect(shelf.getState().books).toEqual([]);
    expect(shelf.getState().problem).toBeDefined();
  });
});

describe('a mark of the curve in the link', () => {
  test.each(['eth:4000', 'all:0', 'eth:1000-4000', 'wsteth:500-9000'])('%s is read and written the same', (text) => {
    const mark = parseFallMark(text);
    expect(mark && formatFallMark(mark)).toBe(text);
  });

  test.each(['', 'eth', 'eth:', ':4000', 'eth:4001', 'eth:4000-1000', 'eth:4000-4000', 'eth:9500', 'eth:-500'])(
    '%s is none',
    (text) => {
      expect(parseFallMark(text)).toBeNull();
    },
  );
});
