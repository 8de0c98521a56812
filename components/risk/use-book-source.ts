'use client';

import { replaceEqualDeep } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { useLive, useLiveLater } from '@/components/frame/live-context';
import { useReadings } from '@/components/frame/use-readings';
import { useAccounts } from '@/components/frame/use-view';
import { computeBook } from '@/lib/book/compute-book';
import { toDeskBook } from '@/lib/book/to-desk-book';
import { toStandings } from '@/lib/book/to-standings';
import { policy } from '@/lib/config/policy';
import type { AssetKey } from '@/lib/domain/book-position';
import { formatAddress } from '@/lib/format/format-address';
import type { Standings } from '@/lib/risk/exposure/desk-book';
import type { WhatIf } from '@/lib/scenarios/what-if';
import { browserShelf } from '@/lib/stores/browser-shelf';
import type { LiveState } from '@/lib/stores/live-store';
import { CHAIN_BOOK, MOCK_BOOK } from '@/lib/stores/risk-view-state';
import { rulesOf } from '@/lib/venues/registry';
import type { DeskSource } from '@/lib/workers/desk/desk-protocol';

const selectPrices = (state: LiveState) => state.prices;
const selectWrites = (state: LiveState) => state.latestWrites.byFeed;

const MOCK: DeskSource = { kind: 'mock', seed: policy.desk.mockSeed, count: policy.desk.mockPositions };

type ChainBook = Pick<BookSource, 'source' | 'standings'>;

/** The chain's book, and what Positions says of it under the what-if: kept identical while it says the same. */
function useChainBook(isAsked: boolean, whatIf: WhatIf): ChainBook {
  const { result, blind, chainTimeSeconds, nowMs } = useReadings();
  const { shown } = useAccounts();
  const marketPrices = useLiveLater(selectPrices);
  const latestWrites = useLive(selectWrites);
  const positions = useMemo(() => {
    if (!isAsked || !result) return undefined;
    const owners = new Set(shown.map(({ address }) => address));
    return result.owners.filter(({ owner }) => owners.has(owner)).flatMap((owner) => owner.positions);
  }, [isAsked, result, shown]);
  const source = useMemo((): DeskSource | undefined => {
    if (!positions) return undefined;
    const names = new Map<string, string>(shown.map(({ address, label }) => [address, label]));
    const book = toDeskBook(positions, (address) => names.get(address) ?? formatAddress(address), blind);
    return { kind: 'entries', book };
  }, [positions, shown, blind]);
  const before = useRef<Standings>(undefined);
  const standings = useMemo(() => {
    if (!positions) return undefined;
    const context = { blind, chainTimeSeconds, marketPrices, latestWrites, nowMs, whatIf };
    before.current = replaceEqualDeep(before.current, toStandings(computeBook(positions, shown, context).rows));
    return before.current;
  }, [positions, shown, blind, chainTimeSeconds, marketPrices, latestWrites, nowMs, whatIf]);
  return { source, standings };
}

/** Names of the assets that are read from chain; kept identical while they are the same. */
function useChainSymbols(): ReadonlyMap<AssetKey, string> | undefined {
  const { result } = useReadings();
  const before = useRef<readonly (readonly [AssetKey, string])[]>(undefined);
  const named = useMemo(() => {
    const legs = result?.owners.flatMap(({ positions }) => positions.flatMap((each) => rulesOf(each).listLegs(each)));
    const pairs = legs && [...new Map(legs.map(({ asset }) => [asset.id, asset.symbol] as const))].sort();
    before.current = replaceEqualDeep(before.current, pairs);
    return before.current;
  }, [result]);
  return useMemo(() => named && new Map(named), [named]);
}

export interface BookSource {
  readonly source: DeskSource | undefined;
  /** What is said of its positions beside their own figures; only of a book from a chain. */
  readonly standings: Standings | undefined;
  /** The link names a book that is not kept in this browser. */
  readonly isMissing: boolean;
}

/** Where the book with this key comes from: the chain, the mock, or a file kept in this browser. */
export function useBookSource(key: string, whatIf: WhatIf): BookSource {
  const books = useStore(browserShelf, (state) => state.books);
  const chain = useChainBook(key === CHAIN_BOOK, whatIf);
  useEffect(() => {
    if (browserShelf.getState().books === undefined) void browserShelf.getState().load();
  }, []);
  const symbols = useChainSymbols();
  const kept = books?.find(({ id }) => id === key);
  const file = useMemo<DeskSource | undefined>(
    () => kept && { kind: 'file', text: kept.text, goodRowsOnly: kept.goodRowsOnly, symbols },
    [kept, symbols],
  );
  if (key === CHAIN_BOOK) return { ...chain, isMissing: false };
  if (key === MOCK_BOOK) return { source: MOCK, standings: undefined, isMissing: false };
  return { source: file, standings: undefined, isMissing: books !== undefined && !kept };
}
