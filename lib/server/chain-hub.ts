import 'server-only';
import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';
import { type Address, type Hash, parseAddress } from '@/lib/domain/asset';
import type { BlockRef } from '@/lib/domain/chain';
import { ChainUnavailableError } from '@/lib/domain/errors';
import { type Clock, repeat } from '@/lib/feeds/clock';
import type { ChainLog, ChainSource } from '@/lib/feeds/price-feed';
import type { ChainStatus } from '@/lib/feeds/stream-protocol';
import { type ChainSocket, openChainSocket } from './chain-socket';
import { type ChainInput, createChainState, reduceChain, toChainStatus } from './chain-state';
import type { Upstream } from './upstream';

export interface ChainHub extends ChainSource {
  /** Ends every connection and timer. A stopped hub does not start again. */
  stop(): void;
}

export interface ChainHubOptions {
  readonly chainId: number;
  readonly stalledAfterMs: number;
  /** Before this block the chain is still being set up. Default 0. */
  readonly firstBlock?: bigint;
  readonly upstream: Upstream;
  /** `undefined`: the chain is polled. */
  readonly wsUrl: string | undefined;
  readonly clock: Clock;
}

const hex = z.string().check(z.regex(/^0x[0-9a-fA-F]*$/));
const hash = z.string().check(z.regex(/^0x[0-9a-fA-F]{64}$/));
const head = z.object({ number: hex, hash, parentHash: hash, timestamp: hex });
const log = z.object({
  address: z.pipe(z.string().check(z.regex(/^0x[0-9a-fA-F]{40}$/)), z.transform(parseAddress)),
  topics: z.array(hash),
  data: hex,
  removed: z.optional(z.boolean()),
});
const rpcResult = z.object({ result: z.unknown() });

type Head = BlockRef & { readonly parentHash: Hash };

const EVALUATE_EVERY_MS = 250;
const PROBE_CHECK_EVERY_MS = 500;
/** So many blocks seen by asking, while the socket stayed silent: it is dead though open. */
const MISSED_HEADS = 2;

function parseHead(value: unknown): Head {
  const { number, hash: blockHash, parentHash, timestamp } = head.parse(value);
  return {
    number: BigInt(number),
    hash: blockHash as Hash,
    parentHash: parentHash as Hash,
    timestampSeconds: Number(timestamp),
  };
}

const parseLogs = (value: unknown): readonly ChainLog[] =>
  z
    .array(log)
    .parse(value)
    .filter(({ removed }) => removed !== true)
    .map(({ address, topics, data }) => ({
      address,
      topics: topics as Hash[],
      data: data as Hash,
    }));

const isSameStatus = (a: ChainStatus, b: ChainStatus): boolean =>
  a.state === b.state &&
  a.identity?.genesisHash === b.identity?.genesisHash &&
  a.block?.hash === b.block?.hash &&
  a.transport === b.transport &&
  a.problem === b.problem;

interface LogWatch {
  readonly addresses: readonly Address[];
  readonly topic: `0x${string}`;
  readonly listener: (logs: readonly ChainLog[]) => void;
}

/**
 * The server's one view of the chain. Heads and logs come over one WebSocket, subscribed again after each loss; while there is none, and
 * whenever the chain is silent, it is asked over HTTP. Which chain it is (id and genesis) is asked at the start, after every loss or failure, when a
 * block does not follow the last one, and at every question while there is no socket to notice a restart by.
 *
 * Starts at once and reports by its status; nothing is thrown at the caller.
 */
export function startChainHub(options: ChainHubOptions): ChainHub {
  const { clock, upstream } = options;
  let state = createChainState(
    {
      expectedChainId: options.chainId,
      stalledAfterMs: options.stalledAfterMs,
      firstBlock: options.firstBlock ?? 0n,
      unreachableAfterMs: policy.chain.unreachableAfterMs,
    },
    clock.now(),
  );
  let published = toChainStatus(state, clock.now());
  let stopped = false;
  // Counts the occasions to doubt which chain it is, and those that an answer has settled since.
  let doubts = 1;
  let settledDoubts = 0;
  let probing = false;
  let probeAgain = false;
  let socket: ChainSocket | undefined;
  let headSubscription: string | undefined;
  let logSubscription: string | undefined;
  let missedHeads = 0;
  let waitMs: number = policy.chain.reconnectFromMs;
  let cancelReconnect = () => {};
  let watch: LogWatch | undefined;
  let logsReadTo: bigint | undefined;
  const listeners = new Set<(status: ChainStatus) => void>();

  const evaluate = (): void => {
    const status = toChainStatus(state, clock.now());
    if (stopped || isSameStatus(status, published)) return;
    published = status;
    for (const listener of [...listeners]) listener(status);
  };
  const dispatch = (input: ChainInput): void => {
    const genesisBefore = state.identity?.genesisHash;
    state = reduceChain(state, input);
    // Logs of another chain's blocks are no gap to fill.
    if (state.identity?.genesisHash !== genesisBefore) logsReadTo = undefined;
    evaluate();
  };

  const ask = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const answer = rpcResult.safeParse(await upstream.post({ jsonrpc: '2.0', id: 1, method, params }));
    if (!answer.success) throw new ChainUnavailableError('RPC', `The node answered ${method} with an error.`);
    return answer.data.result;
  };

  const readLogs = async (to: bigint): Promise<void> => {
    const from = logsReadTo === undefined ? to : logsReadTo + 1n;
    logsReadTo = to;
    const current = watch;
    if (!current || from > to) return;
    const oldest = to - BigInt(policy.chain.maxLogBlocks) + 1n;
    const filter = {
      fromBlock: `0x${(from < oldest ? oldest : from).toString(16)}`,
      toBlock: `0x${to.toString(16)}`,
      address: current.addresses,
      topics: [current.topic],
    };
    try {
      const logs = parseLogs(await ask('eth_getLogs', [filter]));
      if (watch === current && logs.length > 0) current.listener(logs);
    } catch {
      // A node without logs: positions are read with every block all the same, only the list of writes lacks these.
    }
  };

  const probe = async (): Promise<void> => {
    if (probing || stopped) {
      probeAgain = probing;
      return;
    }
    probing = true;
    try {
      const asked = doubts;
      const identify = doubts !== settledDoubts || state.transport === 'polling' || !state.identity;
      const [chainId, genesis, latest] = await Promise.all([
        identify ? ask('eth_chainId', []) : undefined,
        identify ? ask('eth_getBlockByNumber', ['0x0', false]) : undefined,
        ask('eth_getBlockByNumber', ['latest', false]),
      ]);
      if (stopped) return;
      const block = parseHead(latest);
      if (identify) {
        dispatch({
          type: 'identified',
          chainId: Number(hex.parse(chainId)),
          genesisHash: parseHead(genesis).hash,
          atMs: clock.now(),
        });
        settledDoubts = asked;
      } else if (!follows(block)) {
        doubts += 1;
        probeAgain = true;
        return;
      }
      const isNewer = state.block !== undefined && block.number > state.block.number;
      if (state.transport === 'websocket' && isNewer && ++missedHeads >= MISSED_HEADS) socket?.close();
      void readLogs(block.number);
      dispatch({ type: 'block', block: toBlockRef(block), atMs: clock.now() });
    } catch (cause) {
      if (stopped) return;
      doubts += 1;
      const known = cause instanceof ChainUnavailableError;
      dispatch({
        type: 'failed',
        problem: known ? cause.message : 'The node answered something that is no block.',
        refused: known && cause.code === 'REFUSED',
      });
    } finally {
      probing = false;
      if (probeAgain && !stopped) {
        probeAgain = false;
        void probe();
      }
    }
  };

  /** Whether a block can come after the last one of the same chain: the same, or higher with the right parent where that is known. */
  const follows = (block: Head): boolean => {
    const last = state.block;
    if (!last || block.hash === last.hash) return true;
    if (block.number === last.number + 1n) return block.parentHash === last.hash;
    return block.number > last.number;
  };

  const onHead = (value: unknown): void => {
    const parsed = head.safeParse(value);
    if (!parsed.success) return;
    if (!state.identity || doubts !== settledDoubts) {
      // Whose block this is has yet to be asked; that question brings the block too.
      void probe();
      return;
    }
    const block = parseHead(parsed.data);
    missedHeads = 0;
    if (!follows(block)) {
      doubts += 1;
      void probe();
      return;
    }
    // The logs of this very block may still be on their way.
    logsReadTo = block.number - 1n;
    dispatch({ type: 'block', block: toBlockRef(block), atMs: clock.now() });
  };

  const subscribeLogs = async (on: ChainSocket): Promise<void> => {
    const before = logSubscription;
    logSubscription = undefined;
    try {
      if (before !== undefined) await on.request('eth_unsubscribe', [before]);
      if (!watch) return;
      const answer = await on.request('eth_subscribe', ['logs', { address: watch.addresses, topics: [watch.topic] }]);
      if (socket === on) logSubscription = z.string().parse(answer);
    } catch {
      on.close();
    }
  };

  const onOpen = async (opened: ChainSocket): Promise<void> => {
    try {
      headSubscription = z.string().parse(await opened.request('eth_subscribe', ['newHeads']));
      await subscribeLogs(opened);
    } catch {
      opened.close();
      return;
    }
    if (socket !== opened || stopped) return;
    waitMs = policy.chain.reconnectFromMs;
    missedHeads = 0;
    // Another node may listen there by now, and blocks went by meanwhile.
    doubts += 1;
    dispatch({ type: 'transport', transport: 'websocket' });
    void probe();
  };

  const connect = (url: string): void => {
    const opened = openChainSocket({
      url,
      timeoutMs: policy.chain.requestTimeoutMs,
      maxMessageBytes: policy.rpc.maxResponseBytes,
      clock,
      onOpen: (self) => void onOpen(self),
      onNotification(subscription, result) {
        if (subscription === headSubscription) onHead(result);
        else if (subscription === logSubscription) {
          const logs = z.array(log).safeParse([result]);
          if (logs.success) watch?.listener(parseLogs([result]));
        }
      },
      onClose() {
        socket = undefined;
        headSubscription = undefined;
        logSubscription = undefined;
        if (stopped) return;
        doubts += 1;
        dispatch({ type: 'transport', transport: 'polling' });
        void probe();
        cancelReconnect = clock.after(waitMs, () => connect(url));
        waitMs = Math.min(waitMs * 2, policy.chain.reconnectToMs);
      },
    });
    socket = opened;
  };

  const stopTimers = [
    repeat(clock, EVALUATE_EVERY_MS, evaluate),
    repeat(clock, PROBE_CHECK_EVERY_MS, () => {
      if (clock.now() - (state.heardAtMs ?? 0) >= policy.chain.probeEveryMs) void probe();
    }),
  ];
  void probe();
  if (options.wsUrl) connect(options.wsUrl);

  return {
    status: () => toChainStatus(state, clock.now()),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    watchLogs(addresses, topic, listener) {
      const mine: LogWatch = { addresses, topic, listener };
      watch = mine;
      if (socket && headSubscription !== undefined) void subscribeLogs(socket);
      return () => {
        if (watch !== mine) return;
        watch = undefined;
        if (socket && headSubscription !== undefined) void subscribeLogs(socket);
      };
    },
    stop() {
      stopped = true;
      cancelReconnect();
      for (const stop of stopTimers) stop();
      listeners.clear();
      socket?.close();
    },
  };
}

const toBlockRef = ({ number, hash: blockHash, timestampSeconds }: Head): BlockRef => ({
  number,
  hash: blockHash,
  timestampSeconds,
});
