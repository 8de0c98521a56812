import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ALERT_PATHS } from '@/lib/alerts/alert-paths';
import { type ChannelEditRequest, type ChannelTestResult, channelList, channelTest } from '@/lib/alerts/channel-list';
import { deadLetters } from '@/lib/alerts/dead-letters';
import { callApi } from './call-api';

/** Begins the key of every query that shows channels or what they could not deliver. */
export const CHANNELS_KEY = ['channels'] as const;

const pathOf = (id: string): string => `${ALERT_PATHS.channels}/${encodeURIComponent(id)}`;

/** Query options for the channels, what their forms need and the key for Web Push. */
export const channelsQueryOptions = () =>
  queryOptions({
    queryKey: CHANNELS_KEY,
    queryFn: ({ signal }) => callApi({ method: 'GET', path: ALERT_PATHS.channels, answer: channelList, signal }),
    retry: false,
  });

/** Query options for the messages that were given up, newest first, a page at a time. */
export const deadLettersOptions = () =>
  infiniteQueryOptions({
    queryKey: [...CHANNELS_KEY, 'dead'] as const,
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) =>
      callApi({
        method: 'GET',
        path: `${ALERT_PATHS.deliveries}?state=dead${pageParam === null ? '' : `&before=${pageParam}`}`,
        answer: deadLetters,
        signal,
      }),
    getNextPageParam: ({ nextBeforeId }) => nextBeforeId,
    retry: false,
  });

/** Saves a channel, new or changed. Errors: as of `callApi`; VERSION-like refusals and faults by field are the server's. */
export async function saveChannel(id: string, edit: ChannelEditRequest): Promise<void> {
  await callApi({ method: 'PUT', path: pathOf(id), body: edit, answer: z.unknown() });
}

/** Removes a channel. Errors: as of `callApi`. */
export async function removeChannel(id: string, version: number): Promise<void> {
  await callApi({ method: 'DELETE', path: pathOf(id), body: { version }, answer: z.unknown() });
}

/** Sends a test over a saved channel, and says what became of it. Errors: as of `callApi`. */
export const testChannel = (id: string): Promise<ChannelTestResult> =>
  callApi({ method: 'POST', path: `${pathOf(id)}/test`, answer: channelTest });

/** Sends a message again that was given up. Errors: as of `callApi`. */
export async function reviveDelivery(id: number): Promise<void> {
  await callApi({ method: 'POST', path: `${ALERT_PATHS.deliveries}/${id}/revive`, answer: z.unknown() });
}

/** A browser's subscription as its push service gave it. */
export type PushAddress = Pick<PushSubscriptionJSON, 'endpoint' | 'keys'>;

/** Tells the server where this browser takes Web Push. Errors: as of `callApi`. */
export async function registerPush({ endpoint, keys }: PushAddress): Promise<void> {
  await callApi({ method: 'POST', path: ALERT_PATHS.push, body: { endpoint, keys }, answer: z.unknown() });
}

/** Lets the server forget where this browser took Web Push. Errors: as of `callApi`. */
export async function forgetPush(endpoint: string): Promise<void> {
  await callApi({ method: 'DELETE', path: ALERT_PATHS.push, body: { endpoint }, answer: z.unknown() });
}
