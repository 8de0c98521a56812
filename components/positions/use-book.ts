'use client';

import { replaceEqualDeep } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef } from 'react';
import { type Reading, useLive, useLiveLater } from '@/components/frame/live-context';
import { type Readings, useReadings } from '@/components/frame/use-readings';
import { useAccounts, useView } from '@/components/frame/use-view';
import { computeBook } from '@/lib/book/compute-book';
import type { BookView } from '@/lib/book/position-row';
import type { LiveState } from '@/lib/stores/live-store';

export interface Book {
  readonly view: BookView;
  readonly readings: Readings;
}

const selectPrices = (state: LiveState) => state.prices;

/** Every figure of the positions in view, at the newest block and under the what-if of the link. */
export function useBook(first?: Reading): Book {
  const readings = useReadings(undefined, first);
  const { shown } = useAccounts();
  const [{ shock }] = useView();
  const marketPrices = useLiveLater(selectPrices);
  const latestWrites = useLive((state) => state.latestWrites.byFeed);
  const { result, blind, chainTimeSeconds, nowMs } = readings;
  const live = useMemo(
    () => ({ result, blind, chainTimeSeconds, marketPrices, latestWrites, nowMs }),
    [result, blind, chainTimeSeconds, marketPrices, latestWrites, nowMs],
  );
  // News of chain and market may wait for a hand on a slider, never the other way round.
  const settled = useDeferredValue(live);

  const before = useRef<{ readonly result: Readings['result']; readonly view: BookView }>(undefined);
  const view = useMemo(() => {
    const { result: read, ...context } = settled;
    const owners = new Set(shown.map(({ address }) => address));
    const positions = (read?.owners ?? []).filter(({ owner }) => owners.has(owner)).flatMap((owner) => owner.positions);
    // Not seeing the chain waits for nothing: figures never stand beside a status that says otherwise, nor come back before what was read.
    const computed = computeBook(positions, shown, { ...context, blind: blind ?? context.blind, whatIf: shock });
    // Of the same reading most figures are as before: kept identical, they are not drawn again. A new block changes nearly all of them.
    const kept =
      before.current?.result === read
        ? replaceEqualDeep(before.current?.view, computed)
        : { ...computed, families: replaceEqualDeep(before.current?.view.families, computed.families) };
    before.current = { result: read, view: kept };
    return kept;
  }, [settled, blind, shown, shock]);
  return { view, readings };
}
