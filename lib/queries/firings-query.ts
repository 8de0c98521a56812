import { infiniteQueryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ALERT_PATHS } from '@/lib/alerts/alert-paths';
import { type FiringPage, firingPage } from '@/lib/alerts/logged-firing';
import { policy } from '@/lib/config/policy';
import { callApi } from './call-api';

/** Which firings the log shows. */
export interface FiringFilter {
  readonly unacknowledged: boolean;
  /** Of one trigger alone. */
  readonly trigger: string | undefined;
}

/** Begins the key of every query that shows firings. */
export const FIRINGS_KEY = ['firings'] as const;

const PAGE_SIZE = 50;

const readPage = (query: Readonly<Record<string, string>>, signal: AbortSignal | undefined): Promise<FiringPage> =>
  callApi({
    method: 'GET',
    path: `${ALERT_PATHS.firings}?${new URLSearchParams(query)}`,
    answer: firingPage,
    ...(signal && { signal }),
  });

/** Query options for the log, newest first, a page at a time. */
export const firingsOptions = ({ unacknowledged, trigger }: FiringFilter) =>
  infiniteQueryOptions({
    queryKey: [...FIRINGS_KEY, { unacknowledged, trigger: trigger ?? null }] as const,
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) =>
      readPage(
        {
          limit: String(PAGE_SIZE),
          ...(pageParam !== null && { before: String(pageParam) }),
          ...(unacknowledged && { unacknowledged: '1' }),
          ...(trigger !== undefined && { trigger }),
        },
        signal,
      ),
    getNextPageParam: ({ nextBeforeId }) => nextBeforeId,
    // The stream of alerts says when there is something new.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** The newest firings that nobody has acknowledged. Errors: as of `callApi`. */
export const readOpenFirings = (signal?: AbortSignal): Promise<FiringPage> =>
  readPage({ unacknowledged: '1', limit: String(policy.ringing.keptOpen) }, signal);

/** Writes into the log that somebody has seen a firing. Errors: as of `callApi`. */
export async function acknowledgeFiring(id: number, by: string, note: string | null = null): Promise<void> {
  const path = `${ALERT_PATHS.firings}/${id}/acknowledge`;
  await callApi({ method: 'POST', path, body: { by, note }, answer: z.unknown() });
}

/** Stops every trigger from firing, or lets them again. Errors: as of `callApi`. */
export async function pauseAlerts(paused: boolean, by: string): Promise<void> {
  await callApi({ method: 'POST', path: ALERT_PATHS.pause, body: { paused, by }, answer: z.unknown() });
}
