'use client';

import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useLive, useLiveContext } from '@/components/frame/live-context';
import type { Address, Hash } from '@/lib/domain/asset';
import type { PositionId } from '@/lib/domain/position';
import {
  computeHistoryPlan,
  type HistoryEntry,
  type HistoryPlan,
  type HistorySample,
  historySampleOptions,
  toHistoryEntry,
} from '@/lib/queries/position-history';

/** Whose history, on which chain: plain texts, so that a newer reading of the same position is no change. */
export interface HistoryOf {
  readonly id: PositionId;
  readonly owner: Address;
  readonly chainId: number;
  readonly genesisHash: Hash;
}

export interface PositionHistory {
  readonly plan: HistoryPlan;
  /** The same array until a sample changes. */
  readonly entries: readonly HistoryEntry[];
  /** Asks again for every block that failed. */
  readonly retry: () => void;
}

/** What the hook takes of each query; equal ones are kept as they are. */
const toSamples = (
  results: readonly {
    readonly data: HistorySample | undefined;
    readonly error: unknown;
    readonly refetch: () => Promise<unknown>;
  }[],
) => results.map(({ data, error, refetch }) => ({ data, error, refetch }));

/** A position's health factors at past blocks: those read before stay, new ones are read as the chain grows. */
export function usePositionHistory(
  { id, owner, chainId, genesisHash }: HistoryOf,
  spanBlocks: bigint | undefined,
  enabled: boolean,
): PositionHistory {
  const { config } = useLiveContext();
  // Rounded down to the stride: between two samples nothing changes.
  const head = useLive((state) => {
    const newest = state.chain?.block?.number ?? 0n;
    return newest - (newest % computeHistoryPlan(newest, spanBlocks).stride);
  });
  const plan = useMemo(() => computeHistoryPlan(head, spanBlocks), [head, spanBlocks]);
  const queries = useMemo(
    () => plan.blocks.map((block) => historySampleOptions(config, { chainId, genesisHash }, owner, block, enabled)),
    [plan, config, chainId, genesisHash, owner, enabled],
  );
  const samples = useQueries({ queries, combine: toSamples });
  const entries = useMemo(
    () =>
      plan.blocks.map((block, index): HistoryEntry => {
        const sample = samples[index];
        return toHistoryEntry(block, id, { data: sample?.data, error: sample?.error });
      }),
    [plan, samples, id],
  );
  const retry = useCallback(() => {
    for (const sample of samples) if (sample.error) void sample.refetch();
  }, [samples]);
  return { plan, entries, retry };
}
