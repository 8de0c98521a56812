import { decodeEventLog, parseAbi } from 'viem';
import { type Address, type AssetId, parseAddress } from '@/lib/domain/asset';
import { type OracleWrite, toAggregatorRound } from '@/lib/domain/price';
import { FeedHub } from '../feed-hub';
import type { ChainLog, FeedContext, FeedDefinition, PriceFeed } from '../price-feed';
import type { ChainStatus } from '../stream-protocol';
import { ANSWER_UPDATED, type KnownFeeds, readFeeds } from './read-feeds';

const answerUpdatedAbi = parseAbi([
  'event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)',
]);

const RETRY_MS = 1_000;
/** Venues gain reserves and change sources. Sooner while the last look brought something new: a local chain is seen while it is set up. */
const RESCAN_MS = 5_000;

export interface ChainlinkFeed extends PriceFeed {
  /** Every asset a configured venue prices; `undefined` until the venues were read. */
  assets(): ReadonlySet<AssetId> | undefined;
}

/** Reads one `AnswerUpdated` log; `undefined` when it is none, or of a feed not asked for. */
function parseWrite(log: ChainLog, emitters: ReadonlyMap<Address, Address>): OracleWrite | undefined {
  const feed = emitters.get(parseAddress(log.address));
  const [topic, ...indexed] = log.topics;
  if (!feed || !topic) return undefined;
  try {
    const { args } = decodeEventLog({ abi: answerUpdatedAbi, topics: [topic, ...indexed], data: log.data });
    const roundId = toAggregatorRound(args.roundId);
    return { feed, answer: args.current, roundId, updatedAtSeconds: Number(args.updatedAt), before: undefined };
  } catch {
    return undefined;
  }
}

/**
 * Listens to the writes of the price feeds that the configured venues use. The feeds are found on the chain itself, afresh for each chain
 * identity, and each write is reported once.
 */
export function createChainlinkFeed({ clock, config, client, chain }: FeedContext): ChainlinkFeed {
  const hub = new FeedHub();
  let stopped = false;
  let known: (KnownFeeds & { readonly genesisHash: string }) | undefined;
  let finding = false;
  let nextFindAtMs = 0;
  let endWatch = () => {};
  let newest = new Map<Address, OracleWrite>();

  const report = (found: readonly OracleWrite[]): void => {
    const writes: OracleWrite[] = [];
    for (const write of found) {
      const last = newest.get(write.feed);
      if (last && write.roundId <= last.roundId) continue;
      const replaced = last && { answer: last.answer, updatedAtSeconds: last.updatedAtSeconds };
      const told = { ...write, before: write.before ?? replaced };
      newest.set(write.feed, told);
      writes.push(told);
    }
    if (writes.length === 0) return;
    hub.update({ lastHeardAtMs: clock.now() });
    hub.emit({ type: 'writes', writes });
  };

  const watch = ({ emitters }: KnownFeeds): void => {
    endWatch();
    endWatch = chain.watchLogs([...emitters.keys()], ANSWER_UPDATED, (logs) =>
      report(logs.flatMap((log) => parseWrite(log, emitters) ?? [])),
    );
  };

  const find = async (genesisHash: string): Promise<void> => {
    finding = true;
    try {
      const found = await readFeeds(client, config);
      if (stopped || chain.status().identity?.genesisHash !== genesisHash) return;
      const isNewChain = known?.genesisHash !== genesisHash;
      const isSameSet =
        found.assets.size === known?.assets.size &&
        found.emitters.size === known.emitters.size &&
        [...found.emitters.keys()].every((emitter) => known?.emitters.has(emitter));
      const isSettled = !isNewChain && isSameSet;
      if (isNewChain) newest = new Map();
      // Another aggregator behind the same proxy counts its rounds from 1 again.
      for (const [emitter, feed] of found.emitters) if (!known?.emitters.has(emitter)) newest.delete(feed);
      known = { ...found, genesisHash };
      nextFindAtMs = clock.now() + (isSettled ? RESCAN_MS : RETRY_MS);
      hub.update({ state: 'open', problem: undefined });
      if (!isSettled) watch(found);
      report(found.latest);
    } catch {
      nextFindAtMs = clock.now() + RETRY_MS;
      hub.update({ state: 'down', problem: 'The price feeds of the venues could not be found on the chain.' });
    } finally {
      finding = false;
    }
  };

  // Every new block is an occasion to look; a chain that makes none has no new feeds either.
  const consider = (status: ChainStatus): void => {
    const genesisHash = status.identity?.genesisHash;
    if (stopped || finding || status.state !== 'live' || !genesisHash) return;
    if (known?.genesisHash !== genesisHash || clock.now() >= nextFindAtMs) void find(genesisHash);
  };

  const endSubscription = chain.subscribe(consider);
  consider(chain.status());
  return {
    id: chainlinkFeed.id,
    name: chainlinkFeed.name,
    subscribe: hub.subscribe,
    status: hub.status,
    assets: () => (known && known.genesisHash === chain.status().identity?.genesisHash ? known.assets : undefined),
    stop() {
      stopped = true;
      endSubscription();
      endWatch();
    },
  };
}

/** Price feeds with Chainlink's interface, as the venues' contracts read them. */
export const chainlinkFeed = {
  id: 'chainlink',
  name: 'On-chain price feeds',
  kind: 'oracle',
  create: createChainlinkFeed,
} as const satisfies FeedDefinition;
