import 'server-only';
import { policy } from '@/lib/config/policy';
import type { Hash } from '@/lib/domain/asset';
import type { MarketPrice } from '@/lib/domain/price';
import { type Clock, repeat } from '@/lib/feeds/clock';
import { formatDecimal } from '@/lib/units/decimal';
import type { ReadResult } from '@/lib/venues/read-positions';
import { rulesOf } from '@/lib/venues/registry';
import { type PriceSample, prunePrices, recordPrices } from '../storage/price-samples';
import type { Db } from '../storage/schema';

export interface PriceSamplerOptions {
  readonly db: Db;
  readonly clock: Clock;
}

const MARKET_DECIMALS = 8;
const { sampleEveryMs, samplesKeptMs, writeSamplesEveryMs, pruneSamplesEveryMs, mostSamplesWaiting } = policy.triggers;

const stepOf = (atMs: number): number => Math.floor(atMs / sampleEveryMs) * sampleEveryMs;

/**
 * Keeps the prices that were seen, for backtests: an oracle's whenever its answer changed and else once in `policy.triggers.sampleEveryMs`, at the time of
 * their block; the market's first one of each such step, at the beginning of the step. So several instances that see the same write the same rows,
 * of which the first is kept, and none has to be told apart from the others. Written in batches beside everything else: while the database is
 * away some wait, the oldest are let go beyond `mostSamplesWaiting`, and no alert waits for any of them.
 */
export class PriceSampler {
  private waiting: PriceSample[] = [];
  private readonly last = new Map<string, { readonly price: string; readonly atMs: number }>();
  /** Readings that the watchers of several parts share. */
  private readonly taken = new WeakSet<ReadResult>();
  private work: Promise<void> | undefined;
  private readonly endings: readonly (() => void)[];

  constructor(private readonly options: PriceSamplerOptions) {
    const { clock } = options;
    this.endings = [
      repeat(clock, writeSamplesEveryMs, () => void this.start()),
      repeat(clock, pruneSamplesEveryMs, () => void this.prune()),
    ];
    void this.prune();
  }

  /** Takes the oracles' answers of a block in, each asset's once; what is not valid is left out. */
  addOracles(result: ReadResult): void {
    if (this.taken.has(result)) return;
    this.taken.add(result);
    const { identity, block, owners } = result;
    const seen = new Set<string>();
    const atMs = block.timestampSeconds * 1_000;
    for (const position of owners.flatMap(({ positions }) => positions)) {
      for (const { assetId, answer, decimals, problem } of rulesOf(position).listPrices(position)) {
        if (problem !== undefined || answer === undefined || answer <= 0n || seen.has(assetId)) continue;
        seen.add(assetId);
        const price = formatDecimal(answer, decimals);
        this.add({ genesisHash: identity.genesisHash, asset: assetId, source: 'oracle', atMs, price });
      }
    }
  }

  /** Takes prices of the market in, which belong to the assets of that chain. */
  addMarket(genesisHash: Hash, prices: readonly MarketPrice[]): void {
    const atMs = stepOf(this.options.clock.now());
    for (const { assetId, answer, source } of prices) {
      if (answer <= 0n) continue;
      const sample = { genesisHash, asset: assetId, source, atMs, price: formatDecimal(answer, MARKET_DECIMALS) };
      if (this.last.get(keyOf(sample))?.atMs !== atMs) this.keep(sample);
    }
  }

  /** Resolves when all that waits now is written, or could not be. */
  async flush(): Promise<void> {
    await this.work;
    await this.start();
  }

  stop(): void {
    for (const end of this.endings) end();
  }

  private add(sample: PriceSample): void {
    const before = this.last.get(keyOf(sample));
    const isStill = before?.price === sample.price && Math.abs(sample.atMs - before.atMs) < sampleEveryMs;
    if (!isStill) this.keep(sample);
  }

  private keep(sample: PriceSample): void {
    this.last.set(keyOf(sample), sample);
    this.waiting.push(sample);
    if (this.waiting.length > mostSamplesWaiting) this.waiting.shift();
  }

  private start(): Promise<void> {
    this.work ??= this.write().finally(() => {
      this.work = undefined;
    });
    return this.work;
  }

  private async write(): Promise<void> {
    const batch = this.waiting;
    if (batch.length === 0) return;
    this.waiting = [];
    try {
      await recordPrices(this.options.db, batch);
    } catch {
      // The database is away, which the watch tells: the next turn writes them.
      this.waiting = [...batch, ...this.waiting].slice(-mostSamplesWaiting);
    }
  }

  private async prune(): Promise<void> {
    const { db, clock } = this.options;
    // What is too old stays for another hour.
    await prunePrices(db, clock.now() - samplesKeptMs).catch(() => 0);
  }
}

const keyOf = ({ genesisHash, asset, source }: PriceSample): string => `${genesisHash} ${asset} ${source}`;
