import type { MachineRule } from '@/lib/triggers/machine';
import { listSlowFirings, type MachineEvent } from '@/lib/triggers/testing/slow-model';
import type { Truth } from '@/lib/triggers/truth';
import { dwellTicksOf, GROUPS, IN_GROUP, judgeByHand, triggerIdOf } from './trigger-load';

/** What triggers were looked at for: new prices of some groups' collaterals, or a block (no prices). */
export interface LoggedEvent {
  readonly atMs: number;
  readonly prices: ReadonlyMap<number, number> | undefined;
}

export interface StoredTime {
  readonly triggerId: string;
  readonly episode: number;
  readonly firedAtMs: number;
}

export interface FiringCheck {
  /** Firings that one has and the other has not, or not at that event. */
  readonly differences: number;
  readonly expected: number;
  /** From when a tick was due to when its firing was recorded, outside the burst. */
  readonly latencies: readonly number[];
}

/** An event is looked at within so long, or something is wrong; a block takes several turns. */
const LOOKED_WITHIN_MS = 2_000;
const RULE: Omit<MachineRule, 'dwellTicks'> = { dwellMs: 0, cooldownMs: 0, expiresAtMs: null, longestGapMs: 60_000 };
const toTruth = (holds: boolean): Truth => (holds ? 'true' : 'false');

/** What a trigger saw: each price of its group, and at each block the last one. Before the first price there is nothing to see. */
function listEvents(log: readonly LoggedEvent[], group: number, index: number): readonly MachineEvent[] {
  let price: number | undefined;
  return log.flatMap(({ atMs, prices }, place): MachineEvent[] => {
    const next = prices ? prices.get(group) : price;
    if (next === undefined) return [];
    price = next;
    const { isMet, isStill } = judgeByHand(group, index, next);
    const seen = { met: toTruth(isMet), still: toTruth(isStill) };
    return [{ type: 'observation', observation: { sequence: place + 1, atMs, ...seen, isTick: true } }];
  });
}

/** Holds what was recorded against the slow model of every trigger. `dueAt` says of an event's place when it was due, `recordedAt` of a firing when it was recorded. */
export function countDifferences(
  log: readonly LoggedEvent[],
  dueAt: ReadonlyMap<number, number>,
  stored: readonly StoredTime[],
  recordedAt: ReadonlyMap<string, number>,
  endedMs: number,
): FiringCheck {
  const byTrigger = new Map<string, StoredTime[]>();
  for (const firing of stored) byTrigger.set(firing.triggerId, [...(byTrigger.get(firing.triggerId) ?? []), firing]);
  const latencies: number[] = [];
  let [differences, expected] = [0, 0];
  for (let group = 0; group < GROUPS; group += 1) {
    for (let index = 0; index < IN_GROUP; index += 1) {
      const id = triggerIdOf(group, index);
      const events = listEvents(log, group, index);
      const everMet = events.some((event) => event.type === 'observation' && event.observation.met === 'true');
      const places = everMet ? listSlowFirings(events, { ...RULE, dwellTicks: dwellTicksOf(group, index) }) : [];
      const found = byTrigger.get(id) ?? [];
      expected += places.length;
      differences += Math.abs(places.length - found.length);
      for (const [at, sequence] of places.slice(0, found.length).entries()) {
        const [event, firing] = [log[sequence - 1], found[at]];
        if (!event || !firing) continue;
        const lateMs = firing.firedAtMs - event.atMs;
        if (lateMs < 0 || lateMs > LOOKED_WITHIN_MS) differences += 1;
        const [due, recorded] = [dueAt.get(sequence - 1), recordedAt.get(`${id} ${firing.episode}`)];
        if (due !== undefined && recorded !== undefined && firing.firedAtMs <= endedMs) latencies.push(recorded - due);
      }
    }
  }
  return { differences, expected, latencies };
}
