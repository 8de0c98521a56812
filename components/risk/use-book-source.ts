'use client';

import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useReadings } from '@/components/frame/use-readings';
import { useAccounts } from '@/components/frame/use-view';
import { toDeskBook } from '@/lib/book/to-desk-book';
import { policy } from '@/lib/config/policy';
import { formatAddress } from '@/lib/format/format-address';
import { browserShelf } from '@/lib/stores/browser-shelf';
import { CHAIN_BOOK, MOCK_BOOK } from '@/lib/stores/risk-view-state';
import type { DeskSource } from '@/lib/workers/desk/desk-protocol';

const MOCK: DeskSource = { kind: 'mock', seed: policy.desk.mockSeed, count: policy.desk.mockPositions };

function useChainSource(isAsked: boolean): DeskSource | undefined {
  const { result, blind } = useReadings();
  const { shown } = useAccounts();
  return useMemo(() => {
    if (!isAsked || !result) return undefined;
    const names = new Map<string, string>(shown.map(({ address, label }) => [address, label]));
    const positions = result.owners.filter(({ owner }) => names.has(owner)).flatMap((owner) => owner.positions);
    const book = toDeskBook(positions, (address) => names.get(address) ?? formatAddress(address), blind);
    return { kind: 'entries', book };
  }, [isAsked, result, shown, blind]);
}

export interface BookSource {
  readonly source: DeskSource | undefined;
  /** The link names a book that is not kept in this browser. */
  readonly isMissing: boolean;
}

/** Where the book with this key comes from: the chain, the mock, or a file kept in this browser. */
export function useBookSource(key: string): BookSource {
  const books = useStore(browserShelf, (state) => state.books);
  const chain = useChainSource(key === CHAIN_BOOK);
  useEffect(() => {
    if (browserShelf.getState().books === undefined) void browserShelf.getState().load();
  }, []);
  const kept = books?.find(({ id }) => id === key);
  const file = useMemo<DeskSource | undefined>(
    () => kept && { kind: 'file', text: kept.text, goodRowsOnly: kept.goodRowsOnly },
    [kept],
  );
  if (key === CHAIN_BOOK) return { source: chain, isMissing: false };
  if (key === MOCK_BOOK) return { source: MOCK, isMissing: false };
  return { source: file, isMissing: books !== undefined && !kept };
}
