import 'server-only';

export interface RateLimitOptions {
  readonly perSecond: number;
  readonly burst: number;
  /** All clients together get so many times one client's share; so does everybody where clients cannot be told apart. */
  readonly totalShares: number;
  readonly maxClients: number;
  readonly nowMs: () => number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

const ONE_SECOND_MS = 1_000;

/**
 * Token buckets: one for each client and one for all together, so that many clients do not wear the node out. A request whose client is not
 * told apart (`undefined`) takes from the one for all alone. `take` gives 0 when served, else the milliseconds after which the same request
 * can be served; nothing is taken then.
 * With 60 per second and a burst of 240, the 241st call of one instant waits 17 ms.
 */
export class RateLimit {
  private readonly clients = new Map<string, Bucket>();
  private readonly total: Bucket;

  constructor(private readonly options: RateLimitOptions) {
    this.total = { tokens: options.burst * options.totalShares, atMs: options.nowMs() };
  }

  take(client: string | undefined, cost: number): number {
    const { perSecond, burst, totalShares } = this.options;
    const own = client === undefined ? undefined : this.readOwn(client);
    if (own) this.refill(own, perSecond, burst);
    this.refill(this.total, perSecond * totalShares, burst * totalShares);
    const waitMs = Math.max(
      own ? ((cost - own.tokens) / perSecond) * ONE_SECOND_MS : 0,
      ((cost - this.total.tokens) / (perSecond * totalShares)) * ONE_SECOND_MS,
    );
    if (waitMs > 0) return Math.ceil(waitMs);
    if (own) own.tokens -= cost;
    this.total.tokens -= cost;
    return 0;
  }

  private readOwn(client: string): Bucket {
    const own = this.clients.get(client) ?? { tokens: this.options.burst, atMs: this.options.nowMs() };
    // The client seen last stands last, so that the one seen longest ago is forgotten first.
    this.clients.delete(client);
    this.clients.set(client, own);
    for (const name of this.clients.keys()) {
      if (this.clients.size <= this.options.maxClients) break;
      this.clients.delete(name);
    }
    return own;
  }

  private refill(bucket: Bucket, perSecond: number, most: number): void {
    const nowMs = this.options.nowMs();
    const passedMs = Math.max(0, nowMs - bucket.atMs);
    bucket.tokens = Math.min(most, bucket.tokens + (passedMs / ONE_SECOND_MS) * perSecond);
    bucket.atMs = nowMs;
  }
}
