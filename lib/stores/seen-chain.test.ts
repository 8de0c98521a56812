import { expect, test } from 'vitest';
import type { Hash } from '@/lib/domain/asset';
import { createSeenChainStore, SEEN_CHAIN_KEY } from './seen-chain';

const chain = (digit: string, chainId = 31_337) => ({ chainId, genesisHash: `0x${digit.repeat(64)}` as Hash });

function createStorage() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return { kept, open: () => createSeenChainStore(() => storage) };
}

test('the first chain is no restart, nor is the same again', () => {
  const { open } = createStorage();
  const page = open();
  page.getState().see(chain('a'), 1);
  page.getState().see(chain('a'), 2);
  expect(page.getState().restart).toBeUndefined();
  expect(open().getState().restart).toBeUndefined();
});

test('another genesis is a restart until it is dismissed, in later pages too', () => {
  const { open } = createStorage();
  const page = open();
  page.getState().see(chain('a'), 1);
  page.getState().see(chain('b'), 5_000);
  expect(page.getState().restart).toEqual({ genesisHash: chain('b').genesisHash, atMs: 5_000 });
  const reloaded = open();
  reloaded.getState().load();
  reloaded.getState().see(chain('b'), 9_000);
  expect(reloaded.getState().restart?.atMs).toBe(5_000);
  reloaded.getState().dismiss();
  expect(reloaded.getState().restart).toBeUndefined();
  page.getState().load();
  expect(page.getState().restart).toBeUndefined();
});

test('a restart that nobody saw has no time', () => {
  const { open } = createStorage();
  open().getState().see(chain('a'), 1);
  const later = open();
  later.getState().see(chain('b'), 5_000);
  expect(later.getState().restart).toEqual({ genesisHash: chain('b').genesisHash, atMs: undefined });
});

test('a chain of another id is another chain, not a restarted one', () => {
  const { open } = createStorage();
  const page = open();
  page.getState().see(chain('a'), 1);
  page.getState().see(chain('b', 1), 2);
  expect(page.getState().restart).toBeUndefined();
});

test('what cannot be read or kept is no reason to fall silent', () => {
  const { kept, open } = createStorage();
  kept.set(SEEN_CHAIN_KEY, '{"version":1,"chainId":');
  const page = open();
  page.getState().load();
  page.getState().see(chain('a'), 1);
  page.getState().see(chain('b'), 2);
  expect(page.getState().restart?.atMs).toBe(2);
  const refused = createSeenChainStore(() => {
    throw new Error('No storage here.');
  });
  refused.getState().load();
  refused.getState().see(chain('a'), 1);
  refused.getState().see(chain('b'), 2);
  expect(refused.getState().restart?.atMs).toBe(2);
});
