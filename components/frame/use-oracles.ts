'use client';

import { useMemo } from 'react';
import { computeOracleSummary, type OracleSummary } from '@/lib/book/compute-oracle-summary';
import { useLatestReading, useLive } from './live-context';

/** The oracles behind the positions read last, judged at the newest block's time; `undefined` before anything was read. */
export function useOracles(): OracleSummary | undefined {
  const reading = useLatestReading();
  const chainTimeSeconds = useLive((state) => state.chain?.block?.timestampSeconds);
  return useMemo(() => {
    if (!reading) return undefined;
    const positions = reading.result.owners.flatMap((owner) => owner.positions);
    return computeOracleSummary(positions, chainTimeSeconds ?? reading.result.block.timestampSeconds);
  }, [reading, chainTimeSeconds]);
}
