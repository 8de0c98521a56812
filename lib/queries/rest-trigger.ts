import { ALERT_PATHS } from '@/lib/alerts/alert-paths';
import { triggerList } from '@/lib/alerts/listed-trigger';
import { savedVersion } from '@/lib/alerts/trigger-edit';
import { ApiError, callApi } from './call-api';

/** `snooze`: it fires nothing until then. `mute`: what it fires stands in the log alone until then. */
export type RestKind = 'snooze' | 'mute';

/**
 * Lets a trigger rest until a time (server's clock, milliseconds), as it stands now: whoever reads the log means the trigger, not the version that
 * fired. null ends it.
 *
 * Errors: as of `callApi`; `ApiError` ENDED where it is watched no more.
 */
export async function restTrigger(id: string, kind: RestKind, untilMs: number | null): Promise<void> {
  const path = `${ALERT_PATHS.triggers}?which=watching`;
  const { triggers } = await callApi({ method: 'GET', path, answer: triggerList });
  const trigger = triggers.find((one) => one.id === id);
  if (!trigger) throw new ApiError('ENDED', 'This trigger is watched no more.', undefined, [], undefined);
  await callApi({
    method: 'POST',
    path: `${ALERT_PATHS.triggers}/${encodeURIComponent(id)}/${kind}`,
    body: { version: trigger.version, untilMs },
    answer: savedVersion,
  });
}
