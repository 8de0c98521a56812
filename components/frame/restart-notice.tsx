'use client';

import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import { ClockTime } from '@/components/ui/clock-time';
import { Notice } from '@/components/ui/notice';
import { SEEN_CHAIN_KEY, seenChainStore } from '@/lib/stores/seen-chain';
import { useLive, useLiveContext } from './live-context';

/** That the chain is another one than this browser saw before, until it is dismissed. */
export function RestartNotice() {
  const { config, liveStore } = useLiveContext();
  const identity = useLive((state) => (state.chain?.state === 'live' ? state.chain.identity : undefined));
  const isSimulated = useLive((state) => state.market?.simulation !== undefined);
  const restart = useStore(seenChainStore, (state) => state.restart);
  const dismiss = useStore(seenChainStore, (state) => state.dismiss);

  useEffect(() => {
    const { load } = seenChainStore.getState();
    const onStorage = ({ key }: StorageEvent) => {
      if (key === null || key === SEEN_CHAIN_KEY) load();
    };
    addEventListener('storage', onStorage);
    return () => removeEventListener('storage', onStorage);
  }, []);
  useEffect(() => {
    if (identity) seenChainStore.getState().see(identity, liveStore.getState().nowMs);
  }, [identity, liveStore]);

  if (!restart || restart.genesisHash !== identity?.genesisHash) return null;
  return (
    <div className="mb-3">
      <Notice
        tone="accent"
        title={
          <>
            The chain was restarted{' '}
            {restart.atMs === undefined ? (
              'since you last looked'
            ) : (
              <>
                at <ClockTime atMs={restart.atMs} />
              </>
            )}
          </>
        }
        actions={<Button onClick={dismiss}>Dismiss</Button>}
      >
        {isSimulated
          ? 'Positions were opened again at the market’s prices; what happened to those before is gone with their chain.'
          : `${config.name} answers with another first block than before: nothing seen before holds for it.`}
      </Notice>
    </div>
  );
}
