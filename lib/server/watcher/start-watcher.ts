import 'server-only';
import { policy } from '@/lib/config/policy';
import type { Address, AssetId } from '@/lib/domain/asset';
import type { BlockRef, ChainIdentity } from '@/lib/domain/chain';
import { type Clock, repeat } from '@/lib/feeds/clock';
import type { StreamEvent } from '@/lib/feeds/stream-protocol';
import type { MachineState } from '@/lib/triggers/machine';
import { parseMachineState } from '@/lib/triggers/parse-machine-state';
import { parseTrigger } from '@/lib/triggers/parse-trigger';
import type { PositionsReader } from '@/lib/venues/read-positions';
import { type Change, type Look, TriggerWatch } from '@/lib/watch/trigger-watch';
import type { LiveHub } from '../live-hub';
import { type RecordedFiring, recordFirings } from '../storage/record-firings';
import type { Db } from '../storage/schema';
import { listTriggerStates } from '../storage/trigger-states';
import { listTriggers } from '../storage/triggers';
import { FiringWriter } from './firing-writer';
import { toDecision } from './to-decision';
import { WorldKeeper } from './world-keeper';

export interface WatcherOptions {
  readonly clock: Clock;
  readonly hub: Pick<LiveHub, 'state' | 'subscribe'>;
  readonly positions: PositionsReader;
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
  /** Whether every trigger has been looked at since the start, on a chain that can be seen. */
  readonly isArmed: boolean;
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
  /** Resolves when all that was decided by now is recorded. */
  flush(): Promise<void>;
  stop(): void;
}

/** What a restart has to know: else a state may be worked out again. */
const isWorthKeeping = ({ before, state, firing }: Look): boolean =>
  firing ||
  before.isLatched !== state.isLatched ||
  before.isExpired !== state.isExpired ||
  before.snoozedUntilMs !== state.snoozedUntilMs ||
  before.cooldownUntilMs !== state.cooldownUntilMs;

/**
 * Watches all saved triggers: at every block its positions are read and everything is looked at, at every tick of the market what stands on its
 * assets, and in between what a deadline calls for. What fires is recorded with its messages in one transaction, again and again until it is.
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
  let isReading = false;
  let readAgain = false;
  let isStopped = false;
  const writer = new FiringWriter({
    clock,
    record: (transitions) => recordFirings(db, { transitions, atMs: clock.now() }),
    onRecorded: (firings) => options.onRecorded?.(firings),
    onProblem: (text) => {
      writeProblem = text;
    },
  });

  const look = (change: Change): void => {
    for (const found of watch.look(keeper.at(clock.now()), change)) {
      const mutedUntilMs = muted.get(found.saved.id) ?? null;
      if (isWorthKeeping(found)) writer.add(toDecision(found, { engineVersion, baseUrl, mutedUntilMs }));
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

  const read = async (identity: ChainIdentity, block: BlockRef): Promise<void> => {
    try {
      keeper.setReading(await positions.read({ identity, block, owners: options.listOwners() }), clock.now());
      readProblem = undefined;
    } catch (cause) {
      readProblem = cause instanceof Error ? cause.message : String(cause);
      keeper.setReadError(readProblem);
    }
  };

  /** One reading at a time, of the newest block there is. */
  const follow = async (): Promise<void> => {
    if (isReading) {
      readAgain = true;
      return;
    }
    isReading = true;
    try {
      do {
        readAgain = false;
        const { chain } = hub.state();
        keeper.setChain(chain);
        if (chain.state === 'live' && chain.identity && chain.block) await read(chain.identity, chain.block);
        if (isStopped) return;
        look({ kind: 'state' });
        hasSeenAll ||= keeper.at(clock.now()).blind === undefined;
      } while (readAgain);
    } finally {
      isReading = false;
    }
  };

  const onEvent = (event: StreamEvent): void => {
    if (event.type === 'block') {
      keeper.setChain(event.chain);
      void follow();
    }
    if (event.type !== 'market' || event.prices.length === 0) return;
    keeper.setMarket(event.prices, clock.now());
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
      look({ kind: 'time', olderThanMs: policy.triggers.sweepAfterMs });
    }),
  ];
  void follow();

  return {
    status: () => ({
      isArmed: hasSeenAll && keeper.at(clock.now()).blind === undefined,
      triggerCount: muted.size,
      problem: writeProblem ?? loadProblem ?? readProblem ?? keeper.at(clock.now()).blind?.text,
    }),
    statesOf: (triggerId) => watch.statesOf(triggerId),
    reload: load,
    flush: () => writer.flush(),
    stop() {
      isStopped = true;
      for (const end of endings) end();
      writer.stop();
    },
  };
}
