import type { Clock } from '@/lib/feeds/clock';
import type { DeliveryResult, Outbox, OutboxDelivery } from '../outbox';

interface Row {
  readonly id: string;
  readonly channel: string;
  failures: number;
  dueMs: number;
  leasedUntilMs: number;
  state: 'open' | 'delivered' | 'dead';
}

/** An outbox in memory by the rules of the real one: due, leased, settled. */
export class FakeOutbox implements Outbox {
  readonly rows = new Map<string, Row>();
  readonly results: { readonly id: string; readonly result: DeliveryResult }[] = [];
  readonly claims: { readonly limit: number; readonly given: number }[] = [];
  /** Each call that may fail asks this first. */
  check: (call: 'claim' | 'settle') => void = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly leaseMs = 60_000,
  ) {}

  put(id: string, channel: string, dueMs = this.clock.now()): void {
    this.rows.set(id, { id, channel, failures: 0, dueMs, leasedUntilMs: 0, state: 'open' });
  }

  count(state: Row['state']): number {
    return [...this.rows.values()].filter((row) => row.state === state).length;
  }

  async claim(limit: number, exceptChannels: readonly string[]): Promise<readonly OutboxDelivery[]> {
    this.check('claim');
    const nowMs = this.clock.now();
    const due = [...this.rows.values()]
      .filter((row) => row.state === 'open' && row.dueMs <= nowMs && row.leasedUntilMs <= nowMs)
      .filter((row) => !exceptChannels.includes(row.channel))
      .sort((a, b) => a.dueMs - b.dueMs)
      .slice(0, limit);
    for (const row of due) row.leasedUntilMs = nowMs + this.leaseMs;
    this.claims.push({ limit, given: due.length });
    return due.map(({ id, channel, failures }) => ({
      id,
      failures,
      channel: { id: channel, kind: 'webhook', config: {}, secrets: {} },
      message: { id },
    }));
  }

  async settle(id: string, result: DeliveryResult): Promise<void> {
    this.check('settle');
    this.results.push({ id, result });
    const row = this.rows.get(id);
    if (!row) return;
    row.leasedUntilMs = 0;
    if (result.kind === 'retry') {
      row.failures += 1;
      row.dueMs = result.notBeforeMs;
    } else row.state = result.kind;
  }
}
