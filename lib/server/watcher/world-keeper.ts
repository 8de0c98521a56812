import 'server-only';
import { policy } from '@/lib/config/policy';
import type { AssetId } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import type { UnknownReason } from '@/lib/domain/known';
import type { MarketPrice } from '@/lib/domain/price';
import { computeBlindness } from '@/lib/feeds/chain-visibility';
import type { ChainStatus } from '@/lib/feeds/stream-protocol';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { rational } from '@/lib/units/rational';
import type { ReadResult } from '@/lib/venues/read-positions';
import { type Position, rulesOf } from '@/lib/venues/registry';
import { PriceRecord } from '@/lib/watch/price-record';
import type { World } from '@/lib/watch/world';

const MARKET_DECIMALS = 8;

export interface WorldKeeperOptions {
  readonly stalledAfterMs: number;
  readonly nameOwner: (owner: string) => string;
}

const toReason = (text: string): UnknownReason => ({ code: 'read-failed', text });

/** When a block that went by was, by the clock: its own time, where that does not run ahead. */
export const passedAt = ({ timestampSeconds }: Pick<BlockRef, 'timestampSeconds'>, nowMs: number): number =>
  Math.min(nowMs, timestampSeconds * 1_000);

/** Puts together what the hub and the readings tell. Times are the caller's, milliseconds. */
export class WorldKeeper {
  private readonly prices = new PriceRecord();
  private marketPrices: ReadonlyMap<AssetId, MarketPrice> = new Map();
  private books: World['books'] = new Map();
  private chain: ChainStatus | undefined;
  private reading: { readonly result: ReadResult; readonly atMs: number } | undefined;
  private readError: string | undefined;
  private positions: ReadonlyMap<string, Position> = new Map();
  private readOwners: ReadonlySet<string> = new Set();
  private unread: ReadonlyMap<string, UnknownReason> = new Map();

  constructor(private readonly options: WorldKeeperOptions) {}

  setChain(chain: ChainStatus): void {
    this.chain = chain;
  }

  setBooks(books: World['books']): void {
    this.books = books;
  }

  /** Prices that a feed's guard let through. */
  setMarket(prices: readonly MarketPrice[], nowMs: number): void {
    this.marketPrices = new Map([...this.marketPrices, ...prices.map((price) => [price.assetId, price] as const)]);
    for (const { assetId, answer } of prices) {
      this.prices.add(assetId, 'market', rational(answer, powerOfTen(MARKET_DECIMALS)), nowMs);
    }
  }

  /** `seenAtMs`: the moment that its prices are of. */
  setReading(result: ReadResult, nowMs: number, seenAtMs = nowMs): void {
    this.reading = { result, atMs: nowMs };
    this.readError = undefined;
    const all = result.owners.flatMap(({ positions }) => positions);
    this.positions = new Map(all.map((position) => [position.id, position]));
    this.readOwners = new Set(result.owners.map(({ owner }) => owner.toLowerCase()));
    const [venue] = result.problems;
    this.unread = new Map(
      result.owners.flatMap(({ owner, problem }) => {
        const text = problem ?? venue;
        return text === undefined ? [] : [[owner.toLowerCase(), toReason(text)] as const];
      }),
    );
    this.recordOracles(all, seenAtMs);
  }

  setReadError(text: string): void {
    this.readError = text;
  }

  /**
   * The world at a block that went by: at that block's own time, and without a market, of which nobody knows what it was. Time on a local chain
   * may run ahead of the clock; then it is now.
   */
  atPassed(nowMs: number): World {
    const world = this.at(nowMs);
    return {
      ...world,
      blind: undefined,
      marketPrices: new Map(),
      isPassed: true,
      nowMs: world.block ? passedAt(world.block, nowMs) : nowMs,
    };
  }

  at(nowMs: number): World {
    const { stalledAfterMs, nameOwner } = this.options;
    const blind = computeBlindness({
      connection: 'live',
      chain: this.chain,
      readFrom: this.reading?.result.identity,
      readAtMs: this.reading?.atMs,
      readBlockHash: this.reading?.result.block.hash,
      readError: this.readError,
      nowMs,
      stalledAfterMs,
      readStaleAfterMs: policy.chain.readStaleAfterMs,
    });
    return {
      blind,
      block: this.reading?.result.block,
      positions: this.positions,
      readOwners: this.readOwners,
      unread: this.unread,
      books: this.books,
      marketPrices: this.marketPrices,
      nowMs,
      prices: this.prices,
      nameOwner,
    };
  }

  private recordOracles(positions: readonly Position[], nowMs: number): void {
    const seen = new Set<string>();
    for (const position of positions) {
      for (const { assetId, answer, decimals, problem } of rulesOf(position).listPrices(position)) {
        if (problem !== undefined || answer === undefined || answer <= 0n || seen.has(assetId)) continue;
        seen.add(assetId);
        this.prices.add(assetId, 'oracle', rational(answer, powerOfTen(decimals)), nowMs);
      }
    }
  }
}
