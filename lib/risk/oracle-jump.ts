import { policy } from '@/lib/config/policy';
import type { Address } from '@/lib/domain/asset';
import type { FeedRound, OraclePrice, OracleWrite } from '@/lib/domain/price';

/** A feed that went further in one write than prices do: both answers in its own decimals, and the chain time between them. */
export interface OracleJump {
  readonly feed: Address;
  readonly from: bigint;
  readonly to: bigint;
  readonly withinSeconds: number | undefined;
}

const isFar = (a: bigint, b: bigint): boolean => {
  const factor = BigInt(policy.oracle.jumpFactor);
  return a > b * factor || b > a * factor;
};

function judge(round: FeedRound, write: OracleWrite | undefined): OracleJump | undefined {
  if (!write) return undefined;
  const isSame = write.roundId === round.roundId;
  // Of another round than the last one heard of, read before it or after, the last one heard of is what there is to hold it against.
  const before = isSame ? write.before : write;
  if (!before || before.answer <= 0n || round.answer <= 0n || !isFar(round.answer, before.answer)) return undefined;
  const withinSeconds = isSame ? write.updatedAtSeconds - before.updatedAtSeconds : undefined;
  return { feed: round.feed, from: before.answer, to: round.answer, withinSeconds };
}

/**
 * Whether a feed behind a price stands, by its last write alone, absurdly far from its answer before: more than the policy's factor up or
 * down. `undefined` when none does, or when it cannot be told: what a feed said before is not known, or was not above 0.
 *
 * Example, factor 3: 3,000 after 9,000 is none, 3,000 after 9,001 is one; the next write, of 2,990, ends it.
 */
export function computeOracleJump(
  price: Pick<OraclePrice, 'rounds'>,
  latestWrites: ReadonlyMap<Address, OracleWrite>,
): OracleJump | undefined {
  for (const round of price.rounds) {
    const jump = judge(round, latestWrites.get(round.feed));
    if (jump) return jump;
  }
  return undefined;
}
