import 'server-only';
import { carryState, type TriggerChange } from '@/lib/triggers/carry-state';
import type { MachineState } from '@/lib/triggers/machine';
import { parseMachineState } from '@/lib/triggers/parse-machine-state';
import { parseTrigger } from '@/lib/triggers/parse-trigger';
import type { Trigger } from '@/lib/triggers/trigger';
import type { TriggerWatch } from '@/lib/watch/trigger-watch';
import type { Db } from '../storage/schema';
import { listSavedAt, listTriggerChanges, type StoredChange } from '../storage/trigger-changes';
import { listTriggerStates } from '../storage/trigger-states';
import { listTriggers, readTrigger, type StoredTrigger } from '../storage/triggers';

export interface TriggerLoaderOptions {
  readonly db: Db;
  readonly watch: TriggerWatch;
  /** Whether a trigger is watched here. */
  readonly owns: (triggerId: string) => boolean;
}

/** A state, and by which version of its trigger it was reached. */
interface Kept {
  readonly state: MachineState;
  readonly version: number;
}

const tell = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

function groupByTrigger<Item extends { readonly triggerId: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.triggerId);
    if (group) group.push(item);
    else groups.set(item.triggerId, [item]);
  }
  return groups;
}

function tryParse(definition: unknown): Trigger | undefined {
  try {
    return parseTrigger(definition);
  } catch {
    return undefined;
  }
}

const readUntil = (change: unknown): number | null => {
  const { untilMs } = change as { readonly untilMs?: unknown };
  return typeof untilMs === 'number' ? untilMs : null;
};

const toChange = ({ action, change }: StoredChange): TriggerChange =>
  action === 'save' ? { type: 'save', trigger: tryParse(change) } : { type: 'snooze', untilMs: readUntil(change) };

/** A state as it is at a later version: it follows each edit between the two. */
function carry({ state, version }: Kept, to: number, changes: readonly StoredChange[]): MachineState {
  const after = changes.filter((each) => each.version > version && each.version <= to);
  if (after.length === 0) return state;
  const before = changes.findLast((each) => each.version <= version && each.action === 'save');
  return carryState(state, before && tryParse(before.change), after.map(toChange));
}

/** Brings what is watched up to what is saved: only triggers whose version has changed are taken up anew, their states carried along. */
export class TriggerLoader {
  /** Each trigger that should be watched here, by its version; also those that cannot be read. */
  private readonly known = new Map<string, StoredTrigger>();
  private readonly faults = new Map<string, string>();

  constructor(private readonly options: TriggerLoaderOptions) {}

  get count(): number {
    return this.known.size;
  }

  /** Why one of them cannot be watched; `undefined`: all can. */
  get problem(): string | undefined {
    return this.faults.values().next().value;
  }

  mutedUntilMs(triggerId: string): number | null {
    return this.known.get(triggerId)?.mutedUntilMs ?? null;
  }

  /** Takes up some triggers, or all there are. Gives those that are to be looked at. Errors: those of the database; nothing has changed then. */
  async load(which: ReadonlySet<string> | 'all'): Promise<ReadonlySet<string>> {
    const { db } = this.options;
    const stored = await this.readStored(which);
    const fresh = stored.filter(({ id, version }) => this.known.get(id)?.version !== version);
    const states = await this.readStates(fresh);
    const outdated = fresh.filter(({ id, version }) => {
      const watched = this.options.watch.find(id);
      return watched ? watched.version < version : states.get(id)?.some(([, kept]) => kept.version < version);
    });
    const changes = await listTriggerChanges(
      db,
      outdated.map(({ id }) => id),
    );
    const byTrigger = groupByTrigger(changes);
    const savedAt = await listSavedAt(
      db,
      fresh.map(({ id }) => id),
    );
    this.forget(which, new Set(stored.map(({ id }) => id)));
    for (const each of fresh) {
      const { id, updatedAtMs } = each;
      this.take(each, savedAt.get(id) ?? updatedAtMs, states.get(id) ?? [], byTrigger.get(id) ?? []);
    }
    return new Set(fresh.map(({ id }) => id));
  }

  private async readStored(which: ReadonlySet<string> | 'all'): Promise<readonly StoredTrigger[]> {
    const { db, owns } = this.options;
    if (which === 'all') return (await listTriggers(db)).filter(({ id }) => owns(id));
    const read = await Promise.all([...which].filter(owns).map((id) => readTrigger(db, id)));
    return read.flatMap((each) => (each && each.ended === null ? [each] : []));
  }

  /** As they were recorded, of what is not watched yet. */
  private async readStates(
    fresh: readonly StoredTrigger[],
  ): Promise<ReadonlyMap<string, readonly (readonly [string, Kept])[]>> {
    const ids = fresh.flatMap(({ id }) => (this.options.watch.find(id) ? [] : [id]));
    if (ids.length === 0) return new Map();
    const kept = await listTriggerStates(this.options.db, ids);
    const parsed = kept.map(({ triggerId, subject, state, triggerVersion }) => ({
      triggerId,
      entry: [subject, { state: parseMachineState(state), version: triggerVersion }] as const,
    }));
    const grouped = groupByTrigger(parsed);
    return new Map([...grouped].map(([id, list]) => [id, list.map(({ entry }) => entry)]));
  }

  private forget(which: ReadonlySet<string> | 'all', there: ReadonlySet<string>): void {
    for (const id of which === 'all' ? [...this.known.keys()] : which) {
      if (there.has(id)) continue;
      this.known.delete(id);
      this.faults.delete(id);
      this.options.watch.remove(id);
    }
  }

  private take(
    stored: StoredTrigger,
    savedAtMs: number,
    recorded: readonly (readonly [string, Kept])[],
    changes: readonly StoredChange[],
  ): void {
    const { watch } = this.options;
    const { id, version, definition, snoozedUntilMs } = stored;
    this.known.set(id, stored);
    this.faults.delete(id);
    // What this process decided is ahead of what is recorded.
    const watched = watch.find(id);
    const kept = watched
      ? [...watch.statesOf(id)].map(([subject, state]) => [subject, { state, version: watched.version }] as const)
      : recorded;
    try {
      const states = new Map(kept.map(([subject, each]) => [subject, carry(each, version, changes)]));
      watch.set([{ saved: { id, version, trigger: parseTrigger(definition) }, states, snoozedUntilMs, savedAtMs }]);
    } catch (cause) {
      watch.remove(id);
      this.faults.set(id, `The saved trigger ${id} cannot be watched: ${tell(cause)}`);
    }
  }
}
