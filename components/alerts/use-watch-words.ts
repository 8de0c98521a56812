'use client';

import type { WatchStatus } from '@/lib/alerts/watch-status';
import type { AlertState } from '@/lib/stores/alert-store';
import type { WatchWords } from './describe-status';
import { describeWatch } from './describe-watch';
import { useAlerts } from './use-alerts';

const connectionOf = ({ connection }: AlertState): AlertState['connection'] => connection;
const statusOf = ({ status }: AlertState): WatchStatus | undefined => status;

/** Whether this browser would hear of an alert, in words. */
export const useWatchWords = (): WatchWords =>
  describeWatch({ connection: useAlerts(connectionOf), status: useAlerts(statusOf) });
