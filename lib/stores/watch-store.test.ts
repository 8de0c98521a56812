import { describe, expect, test } from 'vitest';
import { policy } from '@/lib/config/policy';
import { InvalidInputError } from '@/lib/domain/errors';
import { createWatchStore, WATCH_COPY_KEY, WATCH_KEY } from './watch-store';

const A = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const B = `0x${'1'.repeat(40)}`;

function fakeStorage(initial: Record<string, string> = {}) {
  const items = new Map(Object.entries(initial));
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
}

describe('watch list', () => {
  test('survives a reload, in lower case, once each, with its name', async () => {
    const storage = fakeStorage();
    const first = createWatchStore(() => storage);
    first.getState().add(A, ' Desk ');
    first.getState().add(A.toLowerCase());
    first.getState().add(B);
    const second = createWatchStore(() => storage);
    await second.getState().load();
    expect(second.getState().entries).toEqual([
      { address: A.toLowerCase(), label: 'Desk' },
      { address: B, label: undefined },
    ]);
    second.getState().remove(A.toLowerCase() as `0x${string}`);
    await first.getState().load();
    expect(first.getState().entries.map(({ address }) => address)).toEqual([B]);
  });

  test.each(['{', '[]', '{"version":2,"entries":[]}', '{"version":1,"entries":[{"address":"0x12"}]}'])(
    'content %s is copied aside and said to be unreadable',
    async (text) => {
      const storage = fakeStorage({ [WATCH_KEY]: text });
      const store = createWatchStore(() => storage);
      await store.getState().load();
      expect(store.getState().entries).toEqual([]);
      expect(store.getState().problem).toBeDefined();
      store.getState().add(B);
      expect(storage.items.get(WATCH_COPY_KEY)).toBe(text);
    },
  );

  test('what is changed while the list is being read is added to it, and loses nothing', async () => {
    const storage = fakeStorage();
    createWatchStore(() => storage)
      .getState()
      .add(A);
    const store = createWatchStore(() => storage);
    const loaded = store.getState().load();
    store.getState().add(B);
    await loaded;
    await Promise.resolve();
    expect(store.getState().entries.map(({ address }) => address)).toEqual([A.toLowerCase(), B]);
    expect(JSON.parse(storage.items.get(WATCH_KEY) ?? '').entries).toHaveLength(2);
  });

  test('a bad address is refused and changes nothing', () => {
    const storage = fakeStorage();
    const store = createWatchStore(() => storage);
    expect(() => store.getState().add('0x123')).toThrow(InvalidInputError);
    expect(storage.items.size).toBe(0);
  });

  test('storage that refuses still watches until the tab closes, and says so', () => {
    const store = createWatchStore(() => ({
      getItem: () => null,
      setItem: () => {
        throw new Error('quota');
      },
    }));
    store.getState().add(B);
    expect(store.getState().entries).toHaveLength(1);
    expect(store.getState().problem).toBeDefined();
  });

  test('the list is bounded', () => {
    const store = createWatchStore(() => fakeStorage());
    for (let i = 0; i <= policy.demo.maxWatched; i += 1) store.getState().add(`0x${i.toString(16).padStart(40, '0')}`);
    expect(store.getState().entries).toHaveLength(policy.demo.maxWatched);
    expect(store.getState().problem).toBeDefined();
  });
});
