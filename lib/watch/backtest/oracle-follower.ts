import { policy } from '@/lib/config/policy';
import type { OraclePrice } from '@/lib/domain/price';
import { powerOfTen } from '@/lib/units/power-of-ten';
import { floorRational, type Rational } from '@/lib/units/rational';

const BPS = 10_000n;
const MS = 1_000;

/** Whether |price / answer − 1| has reached a feed's own threshold. */
function isFarOff(price: bigint, answer: bigint, deviationBps: number): boolean {
  const distance = price > answer ? price - answer : answer - price;
  return distance * BPS >= answer * BigInt(deviationBps);
}

/**
 * What a feed would say while the market moves: it writes the market's price, floored to its decimals, as soon as that is off its last answer by
 * its deviation threshold or its heartbeat has passed, and at no other time; its first write is at the first moment. No delay between market
 * and write. A feed that does not publish its threshold is taken to have `policy.preview.oracleDeviationBps`; one that cannot be used now stays so.
 *
 * Source of the rule: Chainlink's "deviation threshold" and "heartbeat" of data feeds. Example, 0.5 % and an hour: of 3,000, 3,014.99 and 3,015 the
 * second is not written, the third is.
 */
export class OracleFollower {
  private writtenAtMs: number | undefined;
  private readonly deviationBps: number;

  /** `latest`: as read, what everything but answer and time is taken from. */
  constructor(private latest: OraclePrice) {
    this.deviationBps = latest.deviationBps ?? policy.preview.oracleDeviationBps;
  }

  /** What it says at a moment; the same object where it has not written. Moments rise. */
  follow(market: Rational, atMs: number): OraclePrice {
    if (this.latest.problem !== undefined || this.latest.answer === undefined) return this.latest;
    const price = floorRational(market, powerOfTen(this.latest.decimals));
    const isDue =
      this.writtenAtMs === undefined ||
      atMs - this.writtenAtMs >= this.latest.heartbeatSeconds * MS ||
      isFarOff(price, this.latest.answer, this.deviationBps);
    return isDue ? this.write(price, atMs) : this.latest;
  }

  /**
   * The same where its own answers are recorded: what changed was written then. Writes that change nothing are in no record; they are taken to
   * have come when the heartbeat was over.
   */
  repeat(recorded: Rational, atMs: number): OraclePrice {
    if (this.latest.problem !== undefined || this.latest.answer === undefined) return this.latest;
    const price = floorRational(recorded, powerOfTen(this.latest.decimals));
    const isOver = this.writtenAtMs === undefined || atMs - this.writtenAtMs >= this.latest.heartbeatSeconds * MS;
    return isOver || price !== this.latest.answer ? this.write(price, atMs) : this.latest;
  }

  private write(answer: bigint, atMs: number): OraclePrice {
    this.writtenAtMs = atMs;
    const updatedAtSeconds = Math.floor(atMs / MS);
    const problem = answer > 0n ? undefined : 'invalid';
    this.latest = { ...this.latest, answer, updatedAtSeconds, roundId: undefined, rounds: [], problem };
    return this.latest;
  }
}
