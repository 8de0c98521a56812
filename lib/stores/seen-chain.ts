import * as z from 'zod/mini';
import { createStore } from 'zustand/vanilla';
import type { Hash } from '@/lib/domain/asset';
import type { ChainIdentity } from '@/lib/domain/chain';
import { decodeJson, encodeJson } from '@/lib/domain/codec';

/** What the store needs of `localStorage`. */
export type SeenChainStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Another run of the same chain than this browser saw before. `atMs`: when that was seen here; `undefined` where nobody was looking. */
export interface ChainRestart {
  readonly genesisHash: Hash;
  readonly atMs: number | undefined;
}

export interface SeenChainState {
  /** Until it is dismissed. */
  readonly restart: ChainRestart | undefined;
  /** Reads what is kept: on mount, and when another tab changed it. */
  load(): void;
  /** Takes in which chain answers now. */
  see(identity: ChainIdentity, atMs: number): void;
  dismiss(): void;
}

export const SEEN_CHAIN_KEY = 'ballast-seen-chain';

const hash = z.string().check(z.regex(/^0x[0-9a-f]{64}$/));
const schema = z.object({
  version: z.literal(1),
  chainId: z.number(),
  genesisHash: hash,
  restart: z.optional(z.object({ genesisHash: hash, atMs: z.optional(z.number()) })),
});
type Kept = z.infer<typeof schema>;

function parseKept(text: string | null): Kept | undefined {
  try {
    return text === null ? undefined : schema.safeParse(decodeJson(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Which run of which chain this browser saw last, by its genesis hash, so that a restart is said for as long as its reader has not put the
 * word away: also after a reload, and in every tab. A browser that lets nothing be kept says it within the page alone.
 */
export function createSeenChainStore(getStorage: () => SeenChainStorage) {
  let kept: Kept | undefined;
  /** Seen by this very page, so that the time of a change is known. */
  let seenHere: string | undefined;

  const read = (): void => {
    try {
      kept = parseKept(getStorage().getItem(SEEN_CHAIN_KEY)) ?? kept;
    } catch {
      // What this page saw itself goes on to hold.
    }
  };
  const write = (next: Kept): void => {
    kept = next;
    try {
      getStorage().setItem(SEEN_CHAIN_KEY, encodeJson(next));
    } catch {
      // Said within this page then.
    }
  };

  return createStore<SeenChainState>()((set) => {
    const show = () =>
      set({
        restart: kept?.restart && { genesisHash: kept.restart.genesisHash as Hash, atMs: kept.restart.atMs },
      });
    return {
      restart: undefined,
      load() {
        read();
        show();
      },
      see({ chainId, genesisHash }, atMs) {
        read();
        const isRestart = kept !== undefined && kept.chainId === chainId && kept.genesisHash !== genesisHash;
        if (isRestart) {
          const restart = { genesisHash, atMs: seenHere === undefined ? undefined : atMs };
          write({ version: 1, chainId, genesisHash, restart });
        } else if (kept?.chainId !== chainId) {
          write({ version: 1, chainId, genesisHash });
        }
        seenHere = genesisHash;
        show();
      },
      dismiss() {
        if (kept) write({ version: 1, chainId: kept.chainId, genesisHash: kept.genesisHash });
        show();
      },
    };
  });
}

/** The browser's own. Nothing is read until `load`. */
export const seenChainStore = createSeenChainStore(() => localStorage);
