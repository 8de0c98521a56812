import { queryOptions } from '@tanstack/react-query';
import { ALERT_PATHS } from '@/lib/alerts/alert-paths';
import { triggerList } from '@/lib/alerts/listed-trigger';
import { savedVersion, type TriggerEdit } from '@/lib/alerts/trigger-edit';
import { policy } from '@/lib/config/policy';
import { callApi } from './call-api';

/** Triggers that watch, or those that were deleted or have expired. */
export type WhichTriggers = 'watching' | 'ended';

/** A trigger as whoever changes it last saw it. */
export interface TriggerAt {
  readonly id: string;
  readonly version: number;
}

const pathOf = (id: string): string => `${ALERT_PATHS.triggers}/${encodeURIComponent(id)}`;

/**
 * Query options for the triggers, asked for again every two seconds while they are looked at. What cannot be asked is told at once: a list that
 * is old must not pass for one that watches.
 */
export const triggersQueryOptions = (which: WhichTriggers) =>
  queryOptions({
    queryKey: ['triggers', which] as const,
    queryFn: ({ signal }) =>
      callApi({ method: 'GET', path: `${ALERT_PATHS.triggers}?which=${which}`, answer: triggerList, signal }),
    refetchInterval: policy.triggers.listEveryMs,
    retry: false,
    staleTime: policy.triggers.listEveryMs,
  });

/** Saves a trigger; version 0 makes it. Errors: `ApiError` (its `faults` by field; status 409: it was changed meanwhile). */
export const saveTrigger = (id: string, edit: TriggerEdit) =>
  callApi({ method: 'PUT', path: pathOf(id), body: edit, answer: savedVersion });

/** Ends a trigger for good. Errors: `ApiError`. */
export const deleteTrigger = ({ id, version }: TriggerAt) =>
  callApi({ method: 'DELETE', path: pathOf(id), body: { version }, answer: savedVersion });

/** Lets a trigger rest until a time (server’s clock, milliseconds), if it is still as it was seen; null ends it. Errors: `ApiError`. */
export const restTrigger = ({ id, version }: TriggerAt, how: 'snooze' | 'mute', untilMs: number | null) =>
  callApi({ method: 'POST', path: `${pathOf(id)}/${how}`, body: { version, untilMs }, answer: savedVersion });
