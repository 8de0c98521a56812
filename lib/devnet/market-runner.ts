import { toAssetId } from '@/lib/domain/asset';
import { formatDecimal } from '@/lib/units/decimal';
import type { Deployment } from './deploy/deployment';
import type { DevnetState, MarketTick } from './devnet-state';
import { computeAnswers, createMarket, type MarketState, setMarketPrice, shockMarket, stepMarket } from './market';
import { type AssetSymbol, RESERVES } from './parameters';

/** A machine that slept wakes up with one long tick; the market does not jump over what nobody saw. */
const LONGEST_TICK_MS = 2_000;

/** 2025-06-15 15:20:00 UTC: when frozen time stands still. */
const FROZEN_TIME_MS = 1_750_000_800_000;
const FROZEN_SEED = 20_250_615;

export interface MarketRunnerOptions {
  readonly seed: number;
  readonly frozen: boolean;
  /** Wall clock. */
  readonly now: () => number;
}

/** The market as it runs: its speed, what of it is told, and the simulated time that is also the chain's. */
export class MarketRunner {
  private readonly stopped = new Set<AssetSymbol>();
  /** What the market feed says in place of the market's price: zero or below, by command. */
  private readonly falsePrices = new Map<AssetSymbol, bigint>();
  private market: MarketState;
  private paused: boolean;
  private speed = 1;
  private sequence = 0;
  private lastTickAtMs: number;

  constructor(private readonly options: MarketRunnerOptions) {
    const prices = Object.fromEntries(
      RESERVES.map(({ symbol, initialAnswer }) => [symbol, Number(initialAnswer) / 1e8]),
    ) as Record<AssetSymbol, number>;
    const startMs = options.frozen ? FROZEN_TIME_MS : options.now();
    this.market = createMarket(options.frozen ? FROZEN_SEED : options.seed, startMs, prices);
    this.paused = options.frozen;
    this.lastTickAtMs = options.now();
  }

  get timeMs(): number {
    return this.market.timeMs;
  }

  /** Time of the next block; frozen, blocks follow each other by a second. */
  get blockTimeMs(): number {
    return this.options.frozen ? 0 : this.market.timeMs;
  }

  get answers(): Readonly<Record<AssetSymbol, bigint>> {
    return computeAnswers(this.market);
  }

  readState(): DevnetState['market'] {
    return {
      seed: this.market.seed,
      speed: this.speed,
      paused: this.paused,
      timeMs: Math.floor(this.market.timeMs),
    };
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
  }

  setSpeed(speed: number): void {
    this.speed = speed;
  }

  /** Time passes at once, prices standing still. */
  pass(seconds: number): void {
    this.market = { ...this.market, timeMs: this.market.timeMs + seconds * 1_000 };
  }

  shock(...[target, dropBps, overSeconds]: SkipFirst<Parameters<typeof shockMarket>>): void {
    this.market = shockMarket(this.market, target, dropBps, overSeconds);
  }

  setPrice(symbol: AssetSymbol, price: bigint): void {
    if (price <= 0n) this.falsePrices.set(symbol, price);
    else {
      this.falsePrices.delete(symbol);
      this.market = setMarketPrice(this.market, symbol, Number(price) / 1e8);
    }
  }

  setFeed(symbols: readonly AssetSymbol[], stop: boolean): void {
    for (const symbol of symbols) {
      if (stop) this.stopped.add(symbol);
      else {
        this.stopped.delete(symbol);
        this.falsePrices.delete(symbol);
      }
    }
  }

  /** Moves the market on by the time that has passed. */
  step(): void {
    const now = this.options.now();
    const elapsedMs = Math.min(Math.max(0, now - this.lastTickAtMs), LONGEST_TICK_MS);
    this.lastTickAtMs = now;
    if (this.options.frozen) return;
    // Paused, time goes on at its own pace and prices stand.
    this.market = this.paused
      ? { ...this.market, timeMs: this.market.timeMs + elapsedMs }
      : stepMarket(this.market, (elapsedMs / 1_000) * this.speed);
  }

  /** What the market feed says now, under the next number. */
  nextTick({ assets, chainId }: Deployment): MarketTick {
    const { answers } = this;
    const prices = Object.fromEntries(
      assets
        .filter(({ symbol }) => !this.stopped.has(symbol))
        .map(({ symbol, address }) => [
          toAssetId(chainId, address),
          formatDecimal(this.falsePrices.get(symbol) ?? answers[symbol], 8),
        ]),
    );
    this.sequence += 1;
    return {
      sequence: this.sequence,
      timeMs: Math.floor(this.market.timeMs),
      sentAtMs: this.options.now(),
      prices,
    };
  }
}

type SkipFirst<List extends readonly unknown[]> = List extends readonly [unknown, ...infer Rest] ? Rest : never;
