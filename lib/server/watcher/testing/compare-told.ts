import type { ReceivedAlert } from './alert-receiver';
import type { Told } from './list-expected';

export interface Comparison {
  /** Messages that the slow model calls for. */
  readonly expected: number;
  /** Called for and not received. */
  readonly lost: readonly string[];
  /** Received under two keys. */
  readonly duplicated: readonly string[];
  /** Received and not called for. */
  readonly unexpected: readonly string[];
}

const nameOf = ({ channel, trigger, subject, at }: Told): string => `${trigger} on ${subject} at ${at} to ${channel}`;

/** Holds what was received against what should have been. A message is the same by what it tells, whatever key it came under. */
export function compareTold(wanted: readonly Told[], alerts: readonly ReceivedAlert[]): Comparison {
  const expected = new Set(wanted.map(nameOf));
  const keys = new Map<string, Set<string>>();
  for (const alert of alerts) keys.set(nameOf(alert), (keys.get(nameOf(alert)) ?? new Set()).add(alert.key));
  return {
    expected: expected.size,
    lost: [...expected].filter((name) => !keys.has(name)),
    duplicated: [...keys].flatMap(([name, { size }]) => (size > 1 ? [name] : [])),
    unexpected: [...keys.keys()].filter((name) => !expected.has(name)),
  };
}
