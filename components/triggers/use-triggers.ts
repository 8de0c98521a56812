'use client';

import { useQuery } from '@tanstack/react-query';
import type { WatchWords } from '@/components/alerts/describe-status';
import { useLive } from '@/components/frame/live-context';
import type { TriggerList } from '@/lib/alerts/listed-trigger';
import { triggersQueryOptions, type WhichTriggers } from '@/lib/queries/triggers-query';
import { describeListWatch } from './describe-list-watch';

const SECOND_MS = 1_000;

export interface Triggers {
  readonly list: TriggerList | undefined;
  /** Why the server could not be asked just now. */
  readonly failure: string | undefined;
  readonly watch: WatchWords;
  /** The server's wall clock, in whole seconds. */
  readonly nowMs: number;
}

/** The triggers as the server lists them, asked for again and again while they are looked at, and whether it watches at all. */
export function useTriggers(which: WhichTriggers): Triggers {
  const { data, error } = useQuery(triggersQueryOptions(which));
  const nowMs = useLive((state) => Math.floor(state.nowMs / SECOND_MS) * SECOND_MS);
  const failure = error?.message;
  const ageMs = data ? nowMs - data.serverTimeMs : 0;
  const watching = (which === 'watching' && data?.triggers) || [];
  return { list: data, failure, nowMs, watch: describeListWatch(data?.status, ageMs, failure, watching) };
}
