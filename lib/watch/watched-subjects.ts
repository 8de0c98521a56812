import type { BookPosition } from '@/lib/domain/book-position';
import { INITIAL_STATE, type MachineState, snooze } from '@/lib/triggers/machine';
import { rulesOf } from '@/lib/venues/registry';
import { listBookAssets } from './books/book-prices';
import { planSubjects } from './plan-subjects';
import { SeenOwners } from './seen-owners';
import type { SubjectPlan } from './subject-plan';
import { TouchIndex } from './touch-index';
import { type TriggerIntake, toWatchedTrigger, type WatchedTrigger } from './watched-trigger';
import type { World } from './world';

/** A trigger on one of its subjects. */
export interface Watched {
  readonly entry: Entry;
  readonly plan: SubjectPlan;
  /** The one memory of this trigger on this subject, whoever plans it anew. */
  readonly memory: { state: MachineState };
  /** The last round in which it was looked at. */
  roundId: number;
  /** Planned anew, or let go. */
  isGone: boolean;
}

/** A trigger with its subjects. */
export interface Entry extends WatchedTrigger {
  watched: readonly Watched[];
  isPlanned: boolean;
}

/** Of a subject that is gone, what fired is remembered, and what was seen true: what comes back has not fired anew, and its episodes go on. */
const isForgettable = ({ episode, met, heldMs, heldTicks }: MachineState): boolean =>
  episode === 0 && met !== 'true' && heldMs === 0 && heldTicks === 0;

const listAssetsOf = (position: BookPosition | undefined): readonly string[] =>
  position ? listBookAssets(position) : [];

/** Health at other prices hangs on every asset of a position, the figure of one asset on that one. */
function listAssets({ asset, named, positionIds, book }: SubjectPlan, world: World): ReadonlySet<string> {
  if (asset !== undefined) return new Set([...named, asset]);
  if (book !== undefined) {
    const inBook = world.books.get(book)?.positions;
    return new Set([...named, ...positionIds.flatMap((id) => listAssetsOf(inBook?.get(id)))]);
  }
  const { positions } = world;
  const held = positionIds.flatMap((id) => {
    const position = positions.get(id);
    return position ? rulesOf(position).listLegs(position) : [];
  });
  return new Set([...named, ...held.map((leg) => leg.asset.id)]);
}

/**
 * Triggers with their subjects, which are planned when a trigger comes, and again when positions, their assets or what could be read of their owner
 * changed: of one owner's positions only what hangs on them, of the book everything.
 */
export class WatchedSubjects {
  private readonly entries = new Map<string, Entry>();
  private readonly index = new TouchIndex<Watched>();
  private readonly owners = new SeenOwners();
  private books: World['books'] | undefined;

  set(intake: TriggerIntake): Entry {
    const before = this.entries.get(intake.saved.id);
    if (before) this.unplan(before);
    const entry = { ...toWatchedTrigger(intake, before), watched: [], isPlanned: false };
    this.entries.set(intake.saved.id, entry);
    return entry;
  }

  remove(triggerId: string): void {
    const entry = this.entries.get(triggerId);
    if (entry) this.unplan(entry);
    this.entries.delete(triggerId);
  }

  find(triggerId: string): Entry | undefined {
    return this.entries.get(triggerId);
  }

  list(): readonly Entry[] {
    return [...this.entries.values()];
  }

  listWatched(): readonly Watched[] {
    return this.list().flatMap(({ watched }) => watched);
  }

  /** What stands on prices of these assets and can be moved by them; all that was to be planned anew is planned before. */
  listTouched(touch: 'oracle' | 'market', assets: Iterable<string>, world: World): ReadonlySet<Watched> {
    this.planAll(world);
    return this.index.find(touch, assets);
  }

  /** Finds out what is to be planned anew for another reading, or other books. */
  notice(world: World): void {
    const changed = this.owners.update(world);
    const hasOtherBooks = this.books !== world.books;
    this.books = world.books;
    if (changed.size === 0 && !hasOtherBooks) return;
    for (const entry of this.entries.values()) {
      const isOfBook = entry.saved.trigger.scope.book !== undefined;
      const isChanged = isOfBook
        ? hasOtherBooks
        : changed.size > 0 && (entry.owner === undefined || changed.has(entry.owner));
      if (isChanged) entry.isPlanned = false;
    }
  }

  planAll(world: World): void {
    for (const entry of this.entries.values()) this.plan(entry, world);
  }

  /** Whether there was anything to be done. */
  plan(entry: Entry, world: World): boolean {
    if (entry.isPlanned) return false;
    const { snoozedUntilMs, memories } = entry;
    this.unplan(entry);
    const isResting = snoozedUntilMs !== null && world.nowMs < snoozedUntilMs;
    const first = isResting ? snooze(INITIAL_STATE, snoozedUntilMs) : INITIAL_STATE;
    entry.watched = planSubjects(entry.prepared, world).map((plan): Watched => {
      const memory = memories.get(plan.id) ?? { state: first };
      memories.set(plan.id, memory);
      const each = { entry, plan, memory, roundId: 0, isGone: false };
      this.index.add(each, entry.touches, listAssets(plan, world));
      return each;
    });
    const planned = new Set(entry.watched.map(({ plan }) => plan.id));
    for (const [id, { state }] of memories) if (!planned.has(id) && isForgettable(state)) memories.delete(id);
    entry.isPlanned = true;
    return true;
  }

  private unplan(entry: Entry): void {
    for (const each of entry.watched) {
      each.isGone = true;
      this.index.remove(each);
    }
    entry.watched = [];
  }
}
