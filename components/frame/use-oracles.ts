'use client';

import { useMemo } from 'react';
import { computeOracleSummary, type OracleSummary } from '@/lib/book/compute-oracle-summary';
import { useLatestReading, useLive } from './live-context';

/**
 * The oracles behind the positions read last, judged at the newest block's time; `undefined` before anything was read, and while the chain
 * they stand on cannot be seen or is no longer the one that was read: what they said then is not what they say now.
 */
export function useOracles(): OracleSummary | undefined {
  const reading = useLatestReading();
  const chainTimeSeconds = useLive((state) => state.chain?.block?.timestampSeconds);
  const genesisHash = useLive((state) => state.chain?.identity?.genesisHash);
  const isSeen = useLive((state) => state.connection !== 'lost' && (!state.chain || state.chain.state === 'live'));
  const latestWrites = useLive((state) => state.latestWrites.byFeed);
  return useMemo(() => {
    if (!reading || !isSeen) return undefined;
    if (genesisHash !== undefined && genesisHash !== reading.result.identity.genesisHash) return undefined;
    const positions = reading.result.owners.flatMap((owner) => owner.positions);
    return computeOracleSummary(positions, chainTimeSeconds ?? reading.result.block.timestampSeconds, latestWrites);
  }, [reading, isSeen, genesisHash, chainTimeSeconds, latestWrites]);
}
