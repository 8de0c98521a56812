import 'server-only';
import * as z from 'zod/mini';
import type { Db } from './schema';
import { readSetting, writeSetting } from './settings';

/** That all triggers are paused: since when, and who did it. */
export interface Pause {
  readonly pausedAtMs: number;
  readonly by: string;
}

const NAME = 'pause';
const pause = z.nullable(z.object({ pausedAtMs: z.number(), by: z.string() }));

/** Whether all triggers are paused. What is kept and cannot be read is no pause: rather one warning too many. */
export async function readPause(db: Db): Promise<Pause | null> {
  const kept = pause.safeParse(await readSetting(db, NAME));
  return kept.success ? kept.data : null;
}

/** Pauses all triggers, or lets them go on (`null`); every instance follows at once. */
export function savePause(db: Db, value: Pause | null, atMs: number): Promise<void> {
  return writeSetting(db, NAME, value, atMs);
}
