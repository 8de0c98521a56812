import 'server-only';
import type { WatchStatus } from '@/lib/alerts/watch-status';
import type { Alerting } from './start-alerting';

/** Where the watch stands, as every screen is told. */
export function readWatchStatus({ watcher }: Pick<Alerting, 'watcher'>): WatchStatus {
  const { problem, ...status } = watcher.status();
  return { ...status, problem: problem ?? null };
}
