import type { AssetId } from '@/lib/domain/asset';
import { evaluateTrigger, type TriggerReading } from '@/lib/triggers/evaluate-trigger';
import {
  advance,
  computeNextDeadline,
  INITIAL_STATE,
  type MachineRule,
  type MachineState,
} from '@/lib/triggers/machine';
import { type PreparedTrigger, prepareTrigger } from '@/lib/triggers/prepare-trigger';
import { toMachineRule } from '@/lib/triggers/to-machine-rule';
import type { Trigger } from '@/lib/triggers/trigger';
import type { Touch } from '@/lib/triggers/trigger-kind';
import { rulesOf } from '@/lib/venues/registry';
import { planSubjects, type SubjectPlan } from './plan-subjects';
import { PlannedSubject } from './planned-subject';
import type { World } from './world';

/** A trigger as it was saved. */
export interface SavedTrigger {
  readonly id: string;
  readonly version: number;
  readonly trigger: Trigger;
}

/** What changed since the look before. */
export type Change =
  /** Positions were read anew, or nothing of the chain can be seen any more: everything is looked at. */
  | { readonly kind: 'state' }
  /** Prices of these assets. */
  | { readonly kind: 'oracle' | 'market'; readonly assets: ReadonlySet<AssetId> }
  /** Nothing but the time: what has not been looked at for so long, and what a deadline calls for. */
  | { readonly kind: 'time'; readonly olderThanMs: number };

/** A trigger on a subject as it was found, and what became of its state. */
export interface Look {
  readonly saved: SavedTrigger;
  readonly subject: PlannedSubject;
  readonly before: MachineState;
  readonly state: MachineState;
  readonly reading: TriggerReading;
  readonly firing: boolean;
}

interface Entry {
  readonly saved: SavedTrigger;
  readonly prepared: PreparedTrigger;
  readonly rule: MachineRule;
  readonly touches: ReadonlySet<Touch>;
}

interface Watched {
  readonly entry: Entry;
  readonly plan: SubjectPlan;
  /** The one memory of this trigger on this subject, whoever plans it anew. */
  readonly memory: { state: MachineState };
}

const assetKey = (touch: Touch, asset: string): string => `${touch} ${asset}`;

function isDue(
  { memory: { state }, entry }: Watched,
  { olderThanMs }: { readonly olderThanMs: number },
  nowMs: number,
): boolean {
  if (state.isExpired) return false;
  const deadline = computeNextDeadline(state, entry.rule);
  return state.atMs === null || nowMs - state.atMs >= olderThanMs || (deadline !== undefined && deadline <= nowMs);
}

/**
 * All triggers, each on all of its subjects, from one look to the next. It decides nothing by itself: what holds is `evaluateTrigger`'s, when that fires
 * is `advance`'s. No clock, no storage: the moment is the world's.
 *
 * A look at the prices of some assets touches the triggers whose conditions such a change can move and whose subjects stand on those assets.
 */
export class TriggerWatch {
  private readonly entries = new Map<string, Entry>();
  /** Also of subjects that are not there now: what fired and came back has not fired anew, and its episodes go on. */
  private readonly memories = new Map<string, Map<string, { state: MachineState }>>();
  private watched: readonly Watched[] = [];
  private byAsset = new Map<string, Watched[]>();
  private sequence = 0;

  /** Takes triggers in, or their new versions, whose states go on where they were; `states` are those of before a restart, by subject. */
  set(
    triggers: readonly { readonly saved: SavedTrigger; readonly states?: ReadonlyMap<string, MachineState> }[],
    world: World,
  ): void {
    for (const { saved, states = [] } of triggers) {
      const prepared = prepareTrigger(saved.trigger);
      const touches = new Set(prepared.conditions.flatMap(({ kind }) => kind.touchedBy));
      this.entries.set(saved.id, { saved, prepared, rule: toMachineRule(saved.trigger), touches });
      for (const [subjectId, state] of states) {
        this.remember(saved.id, subjectId).state = state;
        // Looks are numbered on from the last one that anything remembers.
        this.sequence = Math.max(this.sequence, state.sequence ?? 0);
      }
    }
    this.replan(world);
  }

  /** Lets a trigger go, with all that is remembered of it. */
  remove(triggerId: string, world: World): void {
    this.entries.delete(triggerId);
    this.memories.delete(triggerId);
    this.replan(world);
  }

  /** What is remembered of a trigger, by subject. */
  statesOf(triggerId: string): ReadonlyMap<string, MachineState> {
    const kept = this.memories.get(triggerId) ?? [];
    return new Map([...kept].map(([subjectId, { state }]) => [subjectId, state]));
  }

  /** Looks at what a change touches, one after the other, so that a long round can be interrupted. */
  *look(world: World, change: Change): Generator<Look, void> {
    if (change.kind === 'state') this.replan(world);
    for (const each of this.listTouched(world, change)) {
      const look = this.lookAt(each, world, change);
      if (look) yield look;
    }
  }

  /** The earliest moment at which something may fire without any change. */
  computeNextDeadline(): number | undefined {
    let earliest: number | undefined;
    for (const { memory, entry } of this.watched) {
      const deadline = computeNextDeadline(memory.state, entry.rule);
      if (deadline !== undefined && (earliest === undefined || deadline < earliest)) earliest = deadline;
    }
    return earliest;
  }

  private lookAt(each: Watched, world: World, { kind }: Change): Look | undefined {
    const { entry, plan, memory } = each;
    const before = memory.state;
    // Blocks that went by before it expired are looked at after it has.
    if (before.isExpired && world.nowMs >= (entry.rule.expiresAtMs ?? world.nowMs)) return undefined;
    const subject = new PlannedSubject(plan, world);
    const reading = evaluateTrigger(entry.prepared, subject);
    this.sequence += 1;
    const { met, still } = reading;
    const observation = {
      sequence: this.sequence,
      atMs: world.nowMs,
      met,
      still,
      isTick: kind !== 'time',
      // A block that is read again ticks once, and so does one that a process before this one has seen.
      tickOf: kind === 'state' ? world.block?.hash : undefined,
    };
    const { state, firing } = advance(before, observation, entry.rule);
    memory.state = state;
    return { saved: entry.saved, subject, before, state, reading, firing };
  }

  private listTouched(world: World, change: Change): Iterable<Watched> {
    switch (change.kind) {
      case 'state':
        return this.watched;
      case 'time':
        return this.watched.filter((each) => isDue(each, change, world.nowMs));
      case 'oracle':
      case 'market':
        return new Set([...change.assets].flatMap((asset) => this.byAsset.get(assetKey(change.kind, asset)) ?? []));
    }
  }

  private remember(triggerId: string, subjectId: string): { state: MachineState } {
    const ofTrigger = this.memories.get(triggerId) ?? new Map<string, { state: MachineState }>();
    this.memories.set(triggerId, ofTrigger);
    const memory = ofTrigger.get(subjectId) ?? { state: INITIAL_STATE };
    ofTrigger.set(subjectId, memory);
    return memory;
  }

  /** Subjects come and go with the positions that are read. */
  private replan(world: World): void {
    this.byAsset = new Map();
    this.watched = [...this.entries.values()].flatMap((entry) =>
      planSubjects(entry.prepared, world).map((plan): Watched => {
        const each = { entry, plan, memory: this.remember(entry.saved.id, plan.id) };
        this.index(each, world);
        return each;
      }),
    );
  }

  private index(each: Watched, { positions }: World): void {
    const { plan, entry } = each;
    const assets = new Set<string>(plan.named);
    // Health at other prices hangs on every asset of a position, the figure of one asset on that one.
    if (plan.asset !== undefined) assets.add(plan.asset);
    else
      for (const id of plan.positionIds) {
        const position = positions.get(id);
        if (position) for (const { asset } of rulesOf(position).listLegs(position)) assets.add(asset.id);
      }
    for (const touch of ['oracle', 'market'] as const) {
      if (!entry.touches.has(touch)) continue;
      for (const asset of assets) {
        const key = assetKey(touch, asset);
        const listed = this.byAsset.get(key);
        if (listed) listed.push(each);
        else this.byAsset.set(key, [each]);
      }
    }
  }
}
