'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { startOnceLoaded } from '@/components/frame/start-once-loaded';
import { CHANNELS_KEY } from '@/lib/queries/channels-query';
import { FIRINGS_KEY, readOpenFirings } from '@/lib/queries/firings-query';
import { startAlertRefresh } from '@/lib/stores/alert-refresh';
import { alertStore } from '@/lib/stores/alert-store';

const TRY_EVERY_MS = 2_000;
const KEYS = { triggers: ['triggers'], firings: FIRINGS_KEY, channels: CHANNELS_KEY } as const;

/** Listens for alerts while the page is open, and has whatever shows them read anew. To be used once. */
export function useAlertStream(): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    const stream = startOnceLoaded(async () => {
      const { startAlertStream } = await import('@/lib/stores/alert-stream');
      return () => startAlertStream(alertStore);
    });
    const tryStart = () => stream.tryStart();
    tryStart();
    // A network that was away for a moment when the page opened must not leave it without a stream.
    const trying = setInterval(tryStart, TRY_EVERY_MS);
    const endRefresh = startAlertRefresh({
      alerts: alertStore,
      readOpen: readOpenFirings,
      onChanged: (parts) => {
        for (const part of parts) void queryClient.invalidateQueries({ queryKey: KEYS[part] });
      },
    });
    return () => {
      stream.stop();
      clearInterval(trying);
      endRefresh();
    };
  }, [queryClient]);
}
