import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';
import { createKeptSetting } from './kept-setting';

const id = z.int().check(z.minimum(0));
const schema = z.object({
  version: z.literal(1),
  /** Firings that this browser has announced, the newest last. */
  heard: z.array(id),
  /** Firings that ring no more, for somebody stopped the sound; the newest last. */
  silenced: z.array(id),
});

export type HeardAlerts = z.infer<typeof schema>;

export const HEARD_ALERTS_KEY = 'ballast-heard-alerts';

/** What this browser has announced already, so that a page that is opened again does not ring twice. A store over some storage. */
export const createHeardAlerts = (getStorage: () => Pick<Storage, 'getItem' | 'setItem'>) =>
  createKeptSetting<HeardAlerts>(
    HEARD_ALERTS_KEY,
    { version: 1, heard: [], silenced: [] },
    (kept) => schema.safeParse(kept).data,
    getStorage,
  );

/** The list with more, the newest last, none twice, the oldest forgotten. `addHeard([1, 2], [2, 3])` is [1, 2, 3]. */
export const addHeard = (heard: readonly number[], more: readonly number[]): number[] =>
  [...new Set([...heard, ...more])].slice(-policy.ringing.keptHeard);

/** The browser's own. Nothing is read until `load`. */
export const heardAlerts = createHeardAlerts(() => localStorage);
