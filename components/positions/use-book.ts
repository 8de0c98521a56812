'use client';

import { useMemo } from 'react';
import { type Reading, useLive } from '@/components/frame/live-context';
import { type Readings, useReadings } from '@/components/frame/use-readings';
import { useAccounts, useView } from '@/components/frame/use-view';
import { computeBook } from '@/lib/book/compute-book';
import type { BookView } from '@/lib/book/position-row';

export interface Book {
  readonly view: BookView;
  readonly readings: Readings;
}

/** Every figure of the positions in view, at the newest block and under the what-if of the link. */
export function useBook(first?: Reading): Book {
  const readings = useReadings(undefined, first);
  const { shown } = useAccounts();
  const [{ shock }] = useView();
  const marketPrices = useLive((state) => state.prices);
  const { result, blind, chainTimeSeconds } = readings;
  // Only whether a market price is still live hangs on it: whole seconds do.
  const nowMs = Math.floor(readings.nowMs / 1000) * 1000;

  const view = useMemo(() => {
    const owners = new Set(shown.map(({ address }) => address));
    const positions = (result?.owners ?? [])
      .filter(({ owner }) => owners.has(owner))
      .flatMap((owner) => owner.positions);
    return computeBook(positions, shown, { blind, chainTimeSeconds, marketPrices, nowMs, whatIf: shock });
  }, [result, shown, blind, chainTimeSeconds, marketPrices, nowMs, shock]);
  return { view, readings };
}
