import type { Clock } from './clock';

/** A clock that only tests turn. Timers run in order of their time, each at its own time. */
export class FakeClock implements Clock {
  private readonly timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  private nextId = 0;

  constructor(private nowMs = 1_700_000_000_000) {}

  now(): number {
    return this.nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const id = this.nextId++;
    this.timers.set(id, { atMs: this.nowMs + delayMs, run });
    return () => {
      this.timers.delete(id);
    };
  }

  /** Moves time on by so many milliseconds and runs what falls due on the way. */
  advance(byMs: number): void {
    const end = this.nowMs + byMs;
    for (;;) {
      const due = [...this.timers].filter(([, { atMs }]) => atMs <= end).sort(([, a], [, b]) => a.atMs - b.atMs)[0];
      if (!due) break;
      this.timers.delete(due[0]);
      this.nowMs = Math.max(this.nowMs, due[1].atMs);
      due[1].run();
    }
    this.nowMs = end;
  }
}
