import 'server-only';
import { policy } from '@/lib/config/policy';
import { type Clock, repeat } from '@/lib/feeds/clock';

export interface HeartbeatOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly isArmed: () => boolean;
  /** Hears once when the monitor cannot be told, and again when it can. */
  readonly onProblem: (text: string | undefined) => void;
}

/**
 * Tells an outside monitor every `policy.alerts.heartbeatEveryMs` that triggers are watched: a POST without a body. While they are not (nothing
 * can be seen, nothing can be recorded, everything is paused) it is silent, so that the monitor raises the alarm that Ballast itself cannot.
 */
export function startHeartbeat({ url, clock, isArmed, onProblem }: HeartbeatOptions): () => void {
  const beat = async (): Promise<void> => {
    if (!isArmed()) return;
    const abort = new AbortController();
    const cancel = clock.after(policy.alerts.heartbeatTimeoutMs, () => abort.abort());
    try {
      const response = await fetch(url, { method: 'POST', signal: abort.signal, redirect: 'error', cache: 'no-store' });
      await response.body?.cancel();
      onProblem(response.ok ? undefined : `The monitor at BALLAST_HEARTBEAT_URL answered ${response.status}.`);
    } catch {
      onProblem('The monitor at BALLAST_HEARTBEAT_URL does not answer.');
    } finally {
      cancel();
    }
  };
  void beat();
  return repeat(clock, policy.alerts.heartbeatEveryMs, () => void beat());
}
