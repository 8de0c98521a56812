'use client';

import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLive, useLiveContext } from '@/components/frame/live-context';
import {
  computeHistoryPlan,
  type HistoryEntry,
  type HistoryPlan,
  historySampleOptions,
  toHistoryEntry,
} from '@/lib/queries/position-history';
import type { Position } from '@/lib/venues/registry';

export interface PositionHistory {
  readonly plan: HistoryPlan;
  readonly entries: readonly HistoryEntry[];
  /** Asks again for every block that failed. */
  readonly retry: () => void;
}

/** A position's health factors at past blocks: those read before stay, new ones are read as the chain grows. */
export function usePositionHistory(
  position: Position,
  spanBlocks: bigint | undefined,
  enabled: boolean,
): PositionHistory {
  const { config } = useLiveContext();
  const head = useLive((state) => state.chain?.block?.number);
  const plan = useMemo(
    () => (head === undefined ? { stride: 1n, blocks: [] } : computeHistoryPlan(head, spanBlocks)),
    [head, spanBlocks],
  );
  const samples = useQueries({
    queries: plan.blocks.map((block) => historySampleOptions(config, position.chain, position.owner, block, enabled)),
  });
  const entries = plan.blocks.map((block, index): HistoryEntry => {
    const sample = samples[index];
    return toHistoryEntry(block, position.id, { data: sample?.data, error: sample?.error });
  });
  return {
    plan,
    entries,
    retry: () => {
      for (const sample of samples) if (sample.error) void sample.refetch();
    },
  };
}
