import type { AssetId } from '@/lib/domain/asset';
import type { MarketPrice } from '@/lib/domain/price';
import { parseDecimal } from '@/lib/units/decimal';
import type { RawTick } from './price-feed';
import type { RejectedTick } from './stream-protocol';

/** When a price counts as absurd, and what confirms it. */
export interface TickLimits {
  /** Further than this factor from the last accepted price, up or down, needs confirming. */
  readonly absurdFactor: number;
  /** So many consecutive ticks near each other confirm. */
  readonly absurdConfirmations: number;
  /** Near: within so many basis points of the tick before. */
  readonly absurdAgreementBps: bigint;
}

interface Candidate {
  readonly answer: bigint;
  readonly count: number;
}

/** What the guard remembers: per asset the last accepted price, the order within the session, and a jump that waits for confirmation. */
export interface TickGuardState {
  readonly accepted: ReadonlyMap<AssetId, MarketPrice>;
  readonly order: ReadonlyMap<AssetId, { readonly sequence: number; readonly observedAtMs: number }>;
  readonly candidates: ReadonlyMap<AssetId, Candidate>;
}

export interface TickJudgement {
  readonly state: TickGuardState;
  /** Newly accepted prices. */
  readonly accepted: readonly MarketPrice[];
  readonly rejected: readonly RejectedTick[];
}

export const emptyTickGuard: TickGuardState = { accepted: new Map(), order: new Map(), candidates: new Map() };

const MARKET_DECIMALS = 8;
const BPS = 10_000n;
const PRICE = /^(-?\d{1,30}(?:\.\d{1,8})?)\d*$/;

/** Dollars with 8 decimals, further ones cut off; `undefined` when the text is no number. */
function parsePrice(text: string): bigint | undefined {
  const kept = PRICE.exec(text)?.[1];
  return kept === undefined ? undefined : parseDecimal(kept, MARKET_DECIMALS);
}

/** |a − b| ≤ limit of b. */
const isNear = (a: bigint, b: bigint, limitBps: bigint): boolean => (a > b ? a - b : b - a) * BPS <= b * limitBps;

/** A factor of 3 with two decimals, so that the comparison stays exact. */
const isAbsurd = (answer: bigint, last: bigint, factor: number): boolean => {
  const hundredths = BigInt(Math.round(factor * 100));
  return answer * 100n > last * hundredths || last * 100n > answer * hundredths;
};

/** A feed was reached anew: its numbering may start again, and a jump it had begun must be confirmed afresh. Prices stay, with their age. */
export const startSession = (state: TickGuardState): TickGuardState => ({
  accepted: state.accepted,
  order: new Map(),
  candidates: new Map(),
});

/**
 * Judges ticks in the order they came. A refused tick leaves the last accepted price where it was, so that its age tells on, and is
 * reported with the reason: unknown asset, no number, zero, negative, out of order, or absurdly far from the last price until confirmed by
 * enough consecutive ticks that agree.
 *
 * Prices: dollars per whole token, 8 decimals, cut off beyond. Pure; times are the caller's.
 * Example: after 3000, one tick of 9001 is refused with factor 3; the fifth in a row near 9001 is accepted.
 */
export function judgeTicks(
  state: TickGuardState,
  ticks: readonly RawTick[],
  context: {
    readonly isKnown: (assetId: string) => assetId is AssetId;
    readonly source: string;
    readonly receivedAtMs: number;
    readonly limits: TickLimits;
  },
): TickJudgement {
  const { isKnown, source, receivedAtMs, limits } = context;
  const accepted = new Map(state.accepted);
  const order = new Map(state.order);
  const candidates = new Map(state.candidates);
  const taken = new Map<AssetId, MarketPrice>();
  const rejected: RejectedTick[] = [];
  const reject = (tick: RawTick, reason: string) =>
    rejected.push({ assetId: tick.assetId, reason, atMs: receivedAtMs });

  for (const tick of ticks) {
    const { assetId } = tick;
    if (!isKnown(assetId)) {
      reject(tick, 'The asset is not known on this chain.');
      continue;
    }
    const last = order.get(assetId);
    if (last && (tick.sequence <= last.sequence || tick.observedAtMs < last.observedAtMs)) {
      reject(tick, 'The price is older than one already received.');
      continue;
    }
    order.set(assetId, tick);
    const answer = parsePrice(tick.price);
    const reference = accepted.get(assetId);
    if (answer === undefined || answer <= 0n) {
      candidates.delete(assetId);
      const kind = answer === undefined ? 'not a number' : answer === 0n ? 'zero' : 'negative';
      reject(tick, `The price is ${kind}.`);
      continue;
    }
    if (reference && isAbsurd(answer, reference.answer, limits.absurdFactor)) {
      const before = candidates.get(assetId);
      const agrees = before !== undefined && isNear(answer, before.answer, limits.absurdAgreementBps);
      const count = agrees ? before.count + 1 : 1;
      if (count < limits.absurdConfirmations) {
        candidates.set(assetId, { answer, count });
        reject(tick, `The price is more than ${limits.absurdFactor} times off the last one and not yet confirmed.`);
        continue;
      }
    }
    candidates.delete(assetId);
    const price: MarketPrice = { assetId, answer, observedAtMs: tick.observedAtMs, receivedAtMs, source };
    accepted.set(assetId, price);
    taken.set(assetId, price);
  }
  return { state: { accepted, order, candidates }, accepted: [...taken.values()], rejected };
}
