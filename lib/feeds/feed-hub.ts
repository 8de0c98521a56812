import type { FeedEvent, FeedStatus } from './price-feed';

const INITIAL: FeedStatus = {
  state: 'connecting',
  lastHeardAtMs: undefined,
  latencyMs: undefined,
  simulation: undefined,
  problem: undefined,
};

/** What every feed shares: its listeners and its last status. */
export class FeedHub {
  private readonly listeners = new Set<(event: FeedEvent) => void>();
  private current: FeedStatus = INITIAL;

  subscribe = (listener: (event: FeedEvent) => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  status = (): FeedStatus => this.current;

  emit(event: FeedEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  /** Changes the status and reports it, where that is a change people would see. */
  update(change: Partial<FeedStatus>): void {
    const before = this.current;
    this.current = { ...before, ...change };
    const { state, problem, simulation } = this.current;
    if (state !== before.state || problem !== before.problem || simulation !== before.simulation) {
      this.emit({ type: 'status', status: this.current });
    }
  }
}
