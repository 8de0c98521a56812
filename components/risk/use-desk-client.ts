'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { createDeskWorker } from '@/lib/workers/desk/create-desk-worker';
import { type DeskState, superviseDesk } from '@/lib/workers/desk/supervise-desk';
import type { WorkerSupervisor } from '@/lib/workers/supervise-worker';

/** The desk for as long as the screen is there, replaced where it stops; `retry` starts it anew once it is lost. */
export function useDeskClient(): { readonly state: DeskState; readonly retry: () => void } {
  const [state, setState] = useState<DeskState>({ kind: 'starting' });
  const supervisor = useRef<WorkerSupervisor>(undefined);
  useEffect(() => {
    const started = superviseDesk({
      createWorker: createDeskWorker,
      nowMs: () => performance.now(),
      onState: setState,
    });
    supervisor.current = started;
    return () => started.close();
  }, []);
  const retry = useCallback(() => supervisor.current?.retry(), []);
  return { state, retry };
}
