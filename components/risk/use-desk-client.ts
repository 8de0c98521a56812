'use client';

import { useEffect, useState } from 'react';
import { createDeskWorker } from '@/lib/workers/desk/create-desk-worker';
import { createDeskClient, type DeskClient } from '@/lib/workers/desk/desk-client';

/** The desk for as long as the screen is there; `undefined` until it has started. */
export function useDeskClient(): DeskClient | undefined {
  const [client, setClient] = useState<DeskClient>();
  useEffect(() => {
    let gone = false;
    let started: DeskClient | undefined;
    void createDeskClient(createDeskWorker).then((desk) => {
      started = desk;
      if (gone) desk.close();
      else setClient(desk);
    });
    return () => {
      gone = true;
      started?.close();
    };
  }, []);
  return client;
}
