import type { ChainSession } from './chain-session';
import { type DevnetState, KEPT_RECORDS, type KeeperRecord } from './devnet-state';
import { computeFeedWrites, type FeedState } from './keeper';
import type { AssetSymbol } from './parameters';

export interface OracleAnswer {
  readonly symbol: AssetSymbol;
  readonly answer: bigint;
  readonly reason: KeeperRecord['reason'];
}

/** The keeper as it runs: what each feed said last, which are stopped, and what was written. */
export class KeeperRunner {
  private readonly stopped = new Set<AssetSymbol>();
  private readonly feeds = new Map<AssetSymbol, FeedState>();
  private records: readonly KeeperRecord[] = [];

  readState(): DevnetState['keeper'] {
    return { stopped: [...this.stopped], writes: this.records };
  }

  setStopped(symbols: readonly AssetSymbol[], stop: boolean): void {
    for (const symbol of symbols) {
      if (stop) this.stopped.add(symbol);
      else this.stopped.delete(symbol);
    }
  }

  /** Takes over the feeds of a chain that has just been set up. */
  async open(session: ChainSession): Promise<void> {
    for (const { symbol, heartbeatSeconds, deviationBps } of session.context.deployment.assets) {
      const { answer, updatedAtSeconds } = await session.readFeed(symbol);
      this.feeds.set(symbol, {
        symbol,
        heartbeatSeconds,
        deviationBps,
        lastAnswer: answer,
        lastWriteSeconds: updatedAtSeconds,
      });
    }
  }

  /** What is due at the market's prices, of feeds that are not stopped. */
  listDue(answers: Readonly<Record<AssetSymbol, bigint>>, timeMs: number): readonly OracleAnswer[] {
    const feeds = [...this.feeds.values()].filter(({ symbol }) => !this.stopped.has(symbol));
    return computeFeedWrites(feeds, answers, Math.floor(timeMs / 1_000));
  }

  /** Mines one block with these writes in it; says whether any was taken. */
  async write(session: ChainSession, writes: readonly OracleAnswer[], timeMs: number): Promise<boolean> {
    const transactions = writes.map(({ symbol, answer }) => session.buildFeedWrite(symbol, answer));
    const receipts = await session.mineWith(transactions, timeMs);
    const { timestampSeconds } = session;
    const done = writes.filter((_, index) => receipts[index]?.succeeded);
    for (const { symbol, answer } of done) {
      const feed = this.feeds.get(symbol);
      if (feed) this.feeds.set(symbol, { ...feed, lastAnswer: answer, lastWriteSeconds: timestampSeconds });
    }
    const records = done.map(({ symbol, answer, reason }) => ({
      symbol,
      answer: answer.toString(),
      reason,
      timestampSeconds,
    }));
    this.records = [...records.reverse(), ...this.records].slice(0, KEPT_RECORDS);
    return done.length > 0;
  }
}
