import { policy } from '@/lib/config/policy';
import type { OraclePrice } from '@/lib/domain/price';

export type OracleState = 'live' | 'late' | 'invalid' | 'missing';

export interface OracleReading {
  readonly state: OracleState;
  /** Chain time since the last write; `undefined` where the feed does not tell. Never negative. */
  readonly ageSeconds: number | undefined;
}

/** Silent for longer than its heartbeat and the policy's grace, or of unknown age: its freshness cannot be vouched for. */
export const isOverdue = (price: Pick<OraclePrice, 'heartbeatSeconds'>, ageSeconds: number | undefined): boolean =>
  ageSeconds === undefined || ageSeconds > price.heartbeatSeconds + policy.oracle.lateGraceSeconds;

/**
 * State of an oracle answer at a chain time: missing (not read), invalid (≤ 0), late (silent for longer than its heartbeat and the grace
 * of the policy), else live. A feed that does not tell when it was written counts as late: its freshness cannot be vouched for.
 */
export function computeOracleState(price: OraclePrice, chainTimeSeconds: number): OracleReading {
  const ageSeconds =
    price.updatedAtSeconds === undefined ? undefined : Math.max(0, chainTimeSeconds - price.updatedAtSeconds);
  if (price.problem === 'missing' || price.answer === undefined) return { state: 'missing', ageSeconds };
  if (price.problem === 'invalid' || price.answer <= 0n) return { state: 'invalid', ageSeconds };
  return { state: isOverdue(price, ageSeconds) ? 'late' : 'live', ageSeconds };
}
