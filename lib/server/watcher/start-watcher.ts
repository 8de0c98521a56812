import 'server-only';
import { policy } from '@/lib/config/policy';
import type { Address, AssetId } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import { type Clock, repeat } from '@/lib/feeds/clock';
import type { StreamEvent } from '@/lib/feeds/stream-protocol';
import type { MachineState } from '@/lib/triggers/machine';
import { parseMachineState } from '@/lib/triggers/parse-machine-state';
import { parseTrigger } from '@/lib/triggers/parse-trigger';
import type { PositionsReader } from '@/lib/venues/read-positions';
import { type Change, type Look, TriggerWatch } from '@/lib/watch/trigger-watch';
import type { LiveHub } from '../live-hub';
import { readProgress } from '../storage/progress';
import { type RecordedFiring, recordFirings } from '../storage/record-firings';
import type { Db } from '../storage/schema';
import { listTriggerStates } from '../storage/trigger-states';
import { listTriggers } from '../storage/triggers';
import { BlockFollower } from './block-follower';
import { FiringWriter } from './firing-writer';
import { toDecision } from './to-decision';
import { passedAt, WorldKeeper } from './world-keeper';

export interface WatcherOptions {
  readonly clock: Clock;
  readonly hub: Pick<LiveHub, 'state' | 'subscribe'>;
  readonly positions: PositionsReader;
  /** A block by its number; `undefined`: the chain has none. Errors: those of the node. */
  readonly readBlock: (number: bigint) => Promise<BlockRef | undefined>;
  readonly db: Db;
  readonly stalledAfterMs: number;
  /** Whom triggers may be about: asked before every reading. */
  readonly listOwners: () => readonly Address[];
  readonly nameOwner: (owner: string) => string;
  readonly engineVersion: string;
  /** Where Ballast is reached, for links, without a slash at its end. */
  readonly baseUrl: string;
  readonly onRecorded?: (firings: readonly RecordedFiring[]) => void;
}

export interface WatcherStatus {
  /** Whether every trigger has been looked at since the start, on a chain that can be seen, and what fires can be recorded. */
  readonly isArmed: boolean;
  /** Blocks that went by and are still to be looked at. */
  readonly behind: number;
  readonly triggerCount: number;
  /** Why something is not as it should be, one sentence. */
  readonly problem: string | undefined;
}

export interface Watcher {
  status(): WatcherStatus;
  /** What is remembered of a trigger, by subject. */
  statesOf(triggerId: string): ReadonlyMap<string, MachineState>;
  /** Takes triggers up as they are saved now. */
  reload(): Promise<void>;
  /** Resolves when the newest block has been looked at and all that was decided by now is recorded. */
  flush(): Promise<void>;
  stop(): void;
}

/** All of the work is one instance's. */
const SHARD = 'all';

/** How far a dwell has come, of those that take more than one look. */
function countHeld({ saved }: Look, { heldTicks, heldMs }: MachineState): number {
  const { ticks, seconds } = saved.trigger.dwell;
  if (ticks <= 1 && seconds === 0) return 0;
  return Math.min(heldTicks, ticks) + Math.min(heldMs, seconds * 1_000);
}

/** A dwell is kept from block to block, and wherever it ends: what is kept of it is never more than was seen. */
function hasDwellMoved(look: Look, { kind }: Change): boolean {
  const held = countHeld(look, look.state);
  return held !== countHeld(look, look.before) && (kind === 'state' || held === 0);
}

/** What a restart has to know: else a state may be worked out again. */
const isWorthKeeping = (look: Look, change: Change): boolean => {
  const { before, state, firing } = look;
  return (
    firing ||
    hasDwellMoved(look, change) ||
    before.isLatched !== state.isLatched ||
    before.isExpired !== state.isExpired ||
    before.snoozedUntilMs !== state.snoozedUntilMs ||
    before.cooldownUntilMs !== state.cooldownUntilMs
  );
};

/**
 * Watches all saved triggers: at every block, those that went by among them, its positions are read and everything is looked at; at every tick
 * of the market what stands on its assets; and in between what a deadline calls for. What fires is recorded with its messages in one
 * transaction, again and again until it is.
 */
export async function startWatcher(options: WatcherOptions): Promise<Watcher> {
  const { clock, hub, positions, db, engineVersion, baseUrl } = options;
  const keeper = new WorldKeeper(options);
  let watch = new TriggerWatch();
  let muted: ReadonlyMap<string, number | null> = new Map();
  let loadProblem: string | undefined;
  let readProblem: string | undefined;
  let writeProblem: string | undefined;
  let hasSeenAll = false;
  const writer = new FiringWriter({
    clock,
    record: (transitions, progress) =>
      recordFirings(db, { transitions, atMs: clock.now(), ...(progress && { progress }) }),
    onRecorded: (firings) => options.onRecorded?.(firings),
    onProblem: (text) => {
      writeProblem = text;
    },
  });

  const look = (change: Change, world = keeper.at(clock.now())): void => {
    for (const found of watch.look(world, change)) {
      const mutedUntilMs = muted.get(found.saved.id) ?? null;
      if (isWorthKeeping(found, change)) writer.add(toDecision(found, { engineVersion, baseUrl, mutedUntilMs }));
    }
  };

  const load = async (): Promise<void> => {
    const [stored, kept] = await Promise.all([listTriggers(db), listTriggerStates(db)]);
    const states = kept.map(({ triggerId, subject, state }) => ({
      triggerId,
      subject,
      state: parseMachineState(state),
    }));
    const next = new TriggerWatch();
    const problems: string[] = [];
    const triggers = stored.flatMap(({ id, version, definition }) => {
      try {
        const trigger = parseTrigger(definition);
        const known = states
          .filter(({ triggerId }) => triggerId === id)
          .map(({ subject, state }) => [subject, state] as const);
        // What this process decided since it read them is ahead of what is stored.
        return { saved: { id, version, trigger }, states: new Map([...known, ...watch.statesOf(id)]) };
      } catch (cause) {
        problems.push(
          `The saved trigger ${id} cannot be watched: ${cause instanceof Error ? cause.message : String(cause)}`,
        );
        return [];
      }
    });
    next.set(triggers, keeper.at(clock.now()));
    watch = next;
    muted = new Map(stored.map(({ id, mutedUntilMs }) => [id, mutedUntilMs]));
    [loadProblem] = problems;
    look({ kind: 'state' });
  };

  const follower = new BlockFollower({
    hub,
    positions,
    readBlock: options.readBlock,
    listOwners: options.listOwners,
    readLast: async (genesisHash) => {
      const kept = await readProgress(db, genesisHash, SHARD);
      return kept && BigInt(kept.blockNumber);
    },
    onReading: (result, isNewest) => {
      const { identity, block } = result;
      const nowMs = clock.now();
      // Prices of blocks that went by are of their own time: taken for now's, hours of them would be one move.
      keeper.setReading(result, nowMs, isNewest ? nowMs : passedAt(block, nowMs));
      if (isNewest) readProblem = undefined;
      look({ kind: 'state' }, isNewest ? keeper.at(nowMs) : keeper.atPassed(nowMs));
      hasSeenAll ||= isNewest && keeper.at(nowMs).blind === undefined;
      writer.setProgress({
        genesisHash: identity.genesisHash,
        shard: SHARD,
        blockNumber: Number(block.number),
        blockHash: block.hash,
      });
    },
    onBlind: (text) => {
      if (text !== undefined) keeper.setReadError(text);
      readProblem = text;
      look({ kind: 'state' });
    },
  });
  const follow = (): void => {
    keeper.setChain(hub.state().chain);
    follower.follow().catch((cause) => {
      // The storage, which alone knows where to go on: the next block asks again.
      readProblem = cause instanceof Error ? cause.message : String(cause);
    });
  };
  /** While blocks of long ago are looked at, positions are of the past, and prices of now would mean nothing with them. */
  const isCatchingUp = (): boolean => follower.status().behind > policy.triggers.blocksBehind;

  const onEvent = (event: StreamEvent): void => {
    if (event.type === 'block') follow();
    if (event.type !== 'market' || event.prices.length === 0) return;
    keeper.setMarket(event.prices, clock.now());
    if (isCatchingUp()) return;
    look({ kind: 'market', assets: new Set<AssetId>(event.prices.map(({ assetId }) => assetId)) });
  };

  const first = hub.state();
  keeper.setChain(first.chain);
  keeper.setMarket(first.prices, clock.now());
  await load();
  const endings = [
    hub.subscribe((_, event) => onEvent(event)),
    repeat(clock, policy.triggers.sweepEveryMs, () => {
      keeper.setChain(hub.state().chain);
      if (isCatchingUp()) return;
      look({ kind: 'time', olderThanMs: policy.triggers.sweepAfterMs });
    }),
  ];
  follow();

  return {
    status: () => ({
      isArmed:
        hasSeenAll &&
        !isCatchingUp() &&
        keeper.at(clock.now()).blind === undefined &&
        loadProblem === undefined &&
        writeProblem === undefined,
      behind: follower.status().behind,
      triggerCount: muted.size,
      problem:
        writeProblem ?? loadProblem ?? readProblem ?? keeper.at(clock.now()).blind?.text ?? follower.status().missed,
    }),
    statesOf: (triggerId) => watch.statesOf(triggerId),
    reload: load,
    flush: async () => {
      await follower.settle();
      await writer.flush();
    },
    stop() {
      follower.stop();
      for (const end of endings) end();
      writer.stop();
    },
  };
}
