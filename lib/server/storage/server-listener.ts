import 'server-only';
import { Client, type ClientConfig } from 'pg';
import { policy } from '@/lib/config/policy';
import type { Clock } from '@/lib/feeds/clock';

export interface ServerListenerOptions {
  readonly config: ClientConfig;
  readonly channel: string;
  readonly onWake: (payload: string | undefined) => void;
  readonly clock: Clock;
}

/** Hears a channel of a Postgres server over a connection of its own, opened again after each loss. See `StoragePool.listen`. */
export function listenToServer({ config, channel, onWake, clock }: ServerListenerOptions): () => void {
  let stopped = false;
  let client: Client | undefined;
  let waitMs: number = policy.storage.listenRetryFromMs;
  let cancelRetry = () => {};

  const connect = async (): Promise<void> => {
    const opened = new Client(config);
    client = opened;
    let lost = false;
    const onLoss = () => {
      if (lost) return;
      lost = true;
      void opened.end().catch(() => {});
      if (stopped) return;
      cancelRetry = clock.after(waitMs, () => void connect());
      waitMs = Math.min(waitMs * 2, policy.storage.listenRetryToMs);
    };
    opened.on('error', onLoss);
    opened.on('end', onLoss);
    opened.on('notification', ({ payload }) => {
      if (!stopped) onWake(payload ?? '');
    });
    try {
      await opened.connect();
      await opened.query(`listen ${opened.escapeIdentifier(channel)}`);
    } catch {
      onLoss();
      return;
    }
    waitMs = policy.storage.listenRetryFromMs;
    if (!stopped && !lost) onWake(undefined);
  };

  void connect();
  return () => {
    stopped = true;
    cancelRetry();
    void client?.end().catch(() => {});
  };
}
