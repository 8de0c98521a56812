'use client';

import { useMemo } from 'react';
import { type Reading, useLive } from '@/components/frame/live-context';
import { type Readings, useReadings } from '@/components/frame/use-readings';
import { useAccounts, useView } from '@/components/frame/use-view';
import { computeBook } from '@/lib/book/compute-book';
import type { BookView, PositionRow } from '@/lib/book/position-row';
import type { WatchedAccount } from '@/lib/domain/position';
import { formatAddress } from '@/lib/format/format-address';
import type { PositionIdParts } from '@/lib/queries/position-id';
import { findPosition, type PositionProblem } from './find-position';

export interface PositionState {
  readonly readings: Readings;
  /** `undefined` while its owner has not been read, or where there is none. */
  readonly row: PositionRow | undefined;
  readonly families: BookView['families'];
  readonly problem: PositionProblem | undefined;
}

/** Every figure of one position, at the newest block and under the what-if of the link. */
export function usePosition(parts: PositionIdParts, first?: Reading): PositionState {
  const extraOwners = useMemo(() => [parts.owner], [parts.owner]);
  const readings = useReadings(extraOwners, first);
  const { read } = useAccounts();
  const [{ shock }] = useView();
  const marketPrices = useLive((state) => state.prices);
  const latestWrites = useLive((state) => state.latestWrites.byFeed);
  const { result, blind, chainTimeSeconds, nowMs } = readings;

  const state = useMemo((): Omit<PositionState, 'readings'> => {
    const found = findPosition(parts, result);
    if (!found || 'problem' in found) return { row: undefined, families: [], problem: found?.problem };
    const owner: WatchedAccount = read.find(({ address }) => address === parts.owner) ?? {
      address: parts.owner,
      label: formatAddress(parts.owner),
      kind: 'watched',
    };
    const context = { blind, chainTimeSeconds, marketPrices, latestWrites, nowMs, whatIf: shock };
    const { rows, families } = computeBook([found.position], [owner], context);
    return { row: rows[0], families, problem: undefined };
  }, [parts, result, read, blind, chainTimeSeconds, marketPrices, latestWrites, nowMs, shock]);
  return { ...state, readings };
}
