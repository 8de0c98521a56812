import 'server-only';
import { policy } from '@/lib/config/policy';
import { parseAlertMessage } from './alert-message';
import type { ChannelSettings } from './channels/channel-kind';
import { findChannelKind } from './channels/registry';
import type { DeliverySurroundings } from './delivery-context';
import { runWithDeadline } from './run-with-deadline';

/** What an alert is sent to. */
export interface AlertTarget extends ChannelSettings {
  readonly kind: string;
}

/**
 * Sends one alert to one channel, once, within the time limit of `policy.delivery`. For the outbox and for the test button alike.
 *
 * Errors: `TemporaryDeliveryError`, `PermanentDeliveryError`, and `InvalidInputError` ALERT or CHANNEL where what was stored cannot be read.
 */
export async function sendAlert(
  message: unknown,
  target: AlertTarget,
  surroundings: DeliverySurroundings,
): Promise<void> {
  const kind = findChannelKind(target.kind);
  const alert = parseAlertMessage(message);
  const { sendTimeoutMs, sendGraceMs } = policy.delivery;
  await runWithDeadline(surroundings.clock, { timeoutMs: sendTimeoutMs, graceMs: sendGraceMs }, (signal) =>
    kind.send(alert, target, { ...surroundings, signal }),
  );
}
