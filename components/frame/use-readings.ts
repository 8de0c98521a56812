'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { policy } from '@/lib/config/policy';
import type { Address } from '@/lib/domain/asset';
import type { UnknownReason } from '@/lib/domain/known';
import { computeBlindness } from '@/lib/feeds/chain-visibility';
import { bookQueryOptions } from '@/lib/queries/book-query';
import type { ReadResult } from '@/lib/venues/read-positions';
import { type Reading, useLatestReading, useLive, useLiveContext } from './live-context';
import { useAccounts } from './use-view';

/** One and the same each time: a new array each time would ask the chain again with every drawing. */
const NO_OWNERS: readonly Address[] = [];
/** Figures ask only whether something is late, which takes seconds: they need no finer clock. */
const CLOCK_STEP_MS = 1_000;

export interface Readings {
  readonly result: ReadResult | undefined;
  /** Why nothing read may be shown as a figure now; `undefined` while all is well. */
  readonly blind: UnknownReason | undefined;
  /** Time of the block that was read, against which oracle ages are measured. */
  readonly chainTimeSeconds: number;
  /** The server's wall clock, in whole seconds. */
  readonly nowMs: number;
}

/**
 * The positions of everyone in view, and of `extraOwners`, read again with each block; before the first read in the browser, as the server
 * read them. One query for all who ask for the same owners.
 */
export function useReadings(extraOwners: readonly Address[] = NO_OWNERS, first?: Reading): Readings {
  const { config, liveStore, readingStore } = useLiveContext();
  const { read } = useAccounts();
  const identity = useLive((state) => state.chain?.identity);
  const chain = useLive((state) => state.chain);
  const connection = useLive((state) => state.connection);
  const nowMs = useLive((state) => Math.ceil(state.nowMs / CLOCK_STEP_MS) * CLOCK_STEP_MS);
  const clockOffsetMs = useLive((state) => state.clockOffsetMs);

  const owners = useMemo(
    () => [...new Set([...read.map(({ address }) => address), ...extraOwners])],
    [read, extraOwners],
  );
  const latest = useLatestReading();
  const { data, dataUpdatedAt, error, refetch } = useQuery(
    bookQueryOptions({
      config,
      identity,
      owners,
      getHead: () => {
        const head = liveStore.getState().chain;
        return head?.state === 'live' && head.identity && head.block
          ? { identity: head.identity, block: head.block }
          : undefined;
      },
    }),
  );

  const blockHash = chain?.block?.hash;
  useEffect(() => {
    if (blockHash === undefined || owners.length === 0) return;
    let current = true;
    void refetch({ cancelRefetch: false }).then(({ data: read, isSuccess }) => {
      // What was under way was of an older block: this one is read now, not when the next one comes.
      if (current && isSuccess && read.block.hash !== blockHash) void refetch({ cancelRefetch: false });
    });
    return () => {
      current = false;
    };
  }, [blockHash, owners, refetch]);

  const fresh = useMemo(
    () => (data ? { result: data, readAtMs: dataUpdatedAt + clockOffsetMs } : undefined),
    [data, dataUpdatedAt, clockOffsetMs],
  );
  useEffect(() => {
    if (fresh) readingStore.setState({ latest: fresh });
  }, [fresh, readingStore]);

  // Until these owners have been read here: what the server read for this page, or what was read since for others.
  const newest = first && (!latest || first.readAtMs >= latest.readAtMs) ? first : latest;
  const shown = fresh ?? newest;
  const blind = computeBlindness({
    connection,
    chain,
    readFrom: shown?.result.identity,
    readAtMs: shown?.readAtMs,
    readBlockHash: shown?.result.block.hash,
    readError: error?.message,
    nowMs,
    stalledAfterMs: config.stalledAfterMs,
    readStaleAfterMs: policy.chain.readStaleAfterMs,
  });
  // The reason is made anew each second; figures need not be.
  const stableBlind = useMemo(
    () => (blind?.code === undefined ? undefined : { code: blind.code, text: blind.text }),
    [blind?.code, blind?.text],
  );
  return {
    result: shown?.result,
    blind: stableBlind,
    chainTimeSeconds: shown?.result.block.timestampSeconds ?? 0,
    nowMs,
  };
}
