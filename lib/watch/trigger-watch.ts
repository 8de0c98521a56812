import type { AssetId } from '@/lib/domain/asset';
import type { TriggerReading } from '@/lib/triggers/evaluate-trigger';
import {
  advance,
  computeNextDeadline,
  computeStatus,
  type MachineState,
  type MachineStatus,
} from '@/lib/triggers/machine';
import { describeSubject, type SubjectStanding } from './describe-subject';
import { PlannedSubject } from './planned-subject';
import { readSubject } from './read-subject';
import { type Watched, WatchedSubjects } from './watched-subjects';
import type { SavedTrigger, TriggerIntake } from './watched-trigger';
import type { World } from './world';

/** What changed since the look before. */
export type Change =
  /** Positions were read anew, or nothing of the chain can be seen any more: everything is looked at. */
  | { readonly kind: 'state' }
  /** Prices of these assets. */
  | { readonly kind: 'oracle' | 'market'; readonly assets: ReadonlySet<AssetId> }
  /** These were saved or edited. */
  | { readonly kind: 'triggers'; readonly ids: ReadonlySet<string> }
  /** Nothing but the time: what has not been looked at for so long, and what a deadline calls for. */
  | { readonly kind: 'time'; readonly olderThanMs: number };

/** A trigger on a subject as it was found, and what became of its state. */
export interface Look {
  readonly saved: SavedTrigger;
  readonly subject: PlannedSubject;
  /** Why it was looked at. */
  readonly kind: Change['kind'];
  readonly before: MachineState;
  readonly state: MachineState;
  readonly reading: TriggerReading;
  readonly firing: boolean;
}

/** Everything that one change touches, to be looked at a part at a time: each trigger on each subject once. */
export interface Round {
  readonly id: number;
  readonly change: Change;
  /** `undefined`: a trigger was planned, which takes as long as a look. */
  readonly rest: Iterator<Watched | undefined, void>;
  readonly covers: (each: Watched) => boolean;
  isDone: boolean;
}

/** Where a trigger stands on its subjects: at most `policy.triggers.mostDescribed` of them, those first that need attention. */
export interface TriggerStanding {
  readonly triggerId: string;
  readonly subjectCount: number;
  readonly subjects: readonly SubjectStanding[];
}

const ATTENTION: readonly MachineStatus[] = ['fired', 'dwelling', 'blind', 'cooldown', 'snoozed', 'armed', 'expired'];

function isDue({ memory, entry }: Watched, olderThanMs: number, nowMs: number): boolean {
  const { state } = memory;
  if (state.isExpired) return false;
  if (state.atMs === null || nowMs < state.atMs || nowMs - state.atMs >= olderThanMs) return true;
  const deadline = computeNextDeadline(state, entry.rule);
  return deadline !== undefined && deadline <= nowMs;
}

/**
 * All triggers, each on all of its subjects, from one look to the next. It decides nothing by itself: what holds is `evaluateTrigger`'s, when that fires
 * is `advance`'s. No clock, no storage: the moment is the world's.
 *
 * A look at the prices of some assets touches the triggers whose conditions such a change can move and whose subjects stand on those assets.
 */
export class TriggerWatch {
  /** While all triggers are paused nothing fires; states go on. */
  isPaused = false;
  private readonly subjects = new WatchedSubjects();
  private sequence = 0;
  private rounds = 0;

  /** Takes triggers in, or their new versions, whose states go on where they were unless others are given. */
  set(triggers: readonly TriggerIntake[]): void {
    for (const intake of triggers) {
      const { memories } = this.subjects.set(intake);
      // Looks are numbered on from the last one that anything remembers.
      for (const { state } of memories.values()) this.sequence = Math.max(this.sequence, state.sequence ?? 0);
    }
  }

  /** Lets a trigger go, with all that is remembered of it. */
  remove(triggerId: string): void {
    this.subjects.remove(triggerId);
  }

  list(): readonly SavedTrigger[] {
    return this.subjects.list().map(({ saved }) => saved);
  }

  find(triggerId: string): SavedTrigger | undefined {
    return this.subjects.find(triggerId)?.saved;
  }

  /** Those whose time is over. */
  listExpired(nowMs: number): readonly SavedTrigger[] {
    const over = this.subjects
      .list()
      .filter(({ rule: { expiresAtMs } }) => expiresAtMs !== null && nowMs >= expiresAtMs);
    return over.map(({ saved }) => saved);
  }

  /** What is remembered of a trigger, by subject. */
  statesOf(triggerId: string): ReadonlyMap<string, MachineState> {
    const kept = this.subjects.find(triggerId)?.memories ?? [];
    return new Map([...kept].map(([subjectId, { state }]) => [subjectId, state]));
  }

  /** Looks at everything that a change touches, in one go. */
  look(world: World, change: Change): readonly Look[] {
    const round = this.begin(world, change);
    const looks: Look[] = [];
    while (!round.isDone) looks.push(...this.step(round, world, Number.POSITIVE_INFINITY));
    return looks;
  }

  /** What a change touches, to be looked at by `step`. */
  begin(world: World, change: Change): Round {
    this.subjects.notice(world);
    this.rounds += 1;
    const common = { id: this.rounds, change, isDone: false };
    switch (change.kind) {
      case 'state':
        return {
          ...common,
          rest: this.listAll(
            this.list().map(({ id }) => id),
            world,
          ),
          covers: () => true,
        };
      case 'triggers': {
        const { ids } = change;
        return { ...common, rest: this.listAll(ids, world), covers: ({ entry }) => ids.has(entry.saved.id) };
      }
      case 'time': {
        this.subjects.planAll(world);
        const due = new Set(this.subjects.listWatched().filter((each) => isDue(each, change.olderThanMs, world.nowMs)));
        return { ...common, rest: due.values(), covers: (each) => due.has(each) };
      }
      case 'oracle':
      case 'market': {
        const touched = this.subjects.listTouched(change.kind, change.assets, world);
        return { ...common, rest: touched.values(), covers: (each) => touched.has(each) };
      }
    }
  }

  /** Looks at the next `count` of a round, in the world of this moment. */
  step(round: Round, world: World, count: number): readonly Look[] {
    const looks: Look[] = [];
    for (let done = 0; done < count; done += 1) {
      const next = round.rest.next();
      if (next.done) {
        round.isDone = true;
        break;
      }
      const look = next.value && this.lookOnce(next.value, round, world);
      if (look) looks.push(look);
    }
    return looks;
  }

  /**
   * Looks at once at what is left of a round and stands on the market's prices of these assets: before they change, so that a round which waits sees
   * what it would have seen in one go.
   */
  stepTouched(round: Round, world: World, assets: ReadonlySet<AssetId>): readonly Look[] {
    return [...this.subjects.listTouched('market', assets, world)].flatMap((each) =>
      round.covers(each) ? (this.lookOnce(each, round, world) ?? []) : [],
    );
  }

  /** Where a trigger stands in this world; `undefined`: it is not watched. No step is taken. */
  describe(triggerId: string, world: World, most: number): TriggerStanding | undefined {
    const entry = this.subjects.find(triggerId);
    if (!entry) return undefined;
    this.subjects.plan(entry, world);
    const ranked = entry.watched
      .map((each) => ({ each, rank: ATTENTION.indexOf(computeStatus(each.memory.state, world.nowMs)) }))
      .sort((a, b) => a.rank - b.rank);
    const subjects = ranked
      .slice(0, most)
      .map(({ each: { plan, memory } }) =>
        describeSubject(entry.prepared, entry.rule, new PlannedSubject(plan, world), memory.state),
      )
      // What went blind since it was looked at last comes before what still seems armed.
      .sort((a, b) => ATTENTION.indexOf(a.status) - ATTENTION.indexOf(b.status));
    return { triggerId, subjectCount: ranked.length, subjects };
  }

  /** The earliest moment at which something may fire without any change. */
  computeNextDeadline(): number | undefined {
    let earliest: number | undefined;
    for (const { memory, entry } of this.subjects.listWatched()) {
      const deadline = computeNextDeadline(memory.state, entry.rule);
      if (deadline !== undefined && (earliest === undefined || deadline < earliest)) earliest = deadline;
    }
    return earliest;
  }

  private lookOnce(each: Watched, round: Round, world: World): Look | undefined {
    if (each.isGone || each.roundId === round.id) return undefined;
    const { entry, plan, memory } = each;
    const before = memory.state;
    // Blocks that went by before it expired are looked at after it has.
    if (before.isExpired && world.nowMs >= (entry.rule.expiresAtMs ?? world.nowMs)) return undefined;
    // What was true before somebody asked about it is not theirs. Now itself is never before: clocks of several machines differ.
    if (world.isPassed && world.nowMs < entry.savedAtMs) return undefined;
    each.roundId = round.id;
    const { kind } = round.change;
    const subject = new PlannedSubject(plan, world);
    const reading = readSubject(entry.prepared, subject);
    this.sequence += 1;
    const { met, still } = reading;
    const observation = {
      sequence: this.sequence,
      atMs: world.nowMs,
      met,
      still,
      isTick: kind !== 'time',
      // A block that is read again ticks once, and so does one that a process before this one has seen.
      tickOf: kind === 'state' || kind === 'triggers' ? world.block?.hash : undefined,
      isPaused: this.isPaused,
    };
    const { state, firing } = advance(before, observation, entry.rule);
    memory.state = state;
    return { saved: entry.saved, subject, kind, before, state, reading, firing };
  }

  /** Plans in passing: what was edited or let go meanwhile is left to a round of its own. */
  private *listAll(ids: Iterable<string>, world: World): Generator<Watched | undefined, void> {
    for (const id of ids) {
      const entry = this.subjects.find(id);
      if (!entry) continue;
      if (this.subjects.plan(entry, world)) yield undefined;
      yield* entry.watched;
    }
  }
}
