import 'server-only';
import type { AlertMessage } from '../alert-message';
import type { DeliveryContext } from '../delivery-context';
import { DeliveryError, PermanentDeliveryError, TemporaryDeliveryError } from '../delivery-error';
import { encryptPush } from '../encrypt-push';
import { postToTarget } from '../post-to-target';
import type { PushSubscription, PushSurroundings } from '../push-surroundings';
import { defineChannelKind } from './channel-kind';
import { nothing } from './fields';

const noBrowser = () =>
  new PermanentDeliveryError(
    'NO_BROWSER',
    'No browser takes notifications.',
    'Allow them in a browser, and try again.',
  );

/**
 * Every browser that has subscribed, through the push service of its maker. One that the service no longer knows is forgotten. Tried again
 * while any of them fails for now: those that had it already show one alert, by its key.
 *
 * Errors: as of every post; `PermanentDeliveryError` NOT_SET_UP, NO_BROWSER, SUBSCRIPTION.
 */
export const webPush = defineChannelKind({
  id: 'web-push',
  title: 'Web Push',
  explanation: 'Notifies every browser that has allowed it, even while no page is open.',
  fields: [],
  config: nothing,
  secrets: nothing,
  async send(message, _config, _secrets, context) {
    const { push } = context;
    if (!push) throw new PermanentDeliveryError('NOT_SET_UP', 'Web Push is not set up on this server.');
    const subscriptions = await push.listSubscriptions();
    const outcomes = await Promise.all(subscriptions.map((to) => sendToOne(message, to, push, context)));
    const failures = outcomes.filter((outcome) => outcome instanceof DeliveryError);
    const passing = failures.find((failure) => failure instanceof TemporaryDeliveryError);
    if (passing) throw passing;
    // A browser that got it is a warning that arrived, whatever became of the others.
    if (!outcomes.includes('delivered')) throw failures[0] ?? noBrowser();
  },
});

async function sendToOne(
  message: AlertMessage,
  subscription: PushSubscription,
  push: PushSurroundings,
  context: DeliveryContext,
): Promise<'delivered' | 'gone' | DeliveryError> {
  try {
    await postToTarget(encryptPush(message, subscription, push), context);
    return 'delivered';
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    if (error.code !== 'GONE') return error;
    await push.forgetSubscription(subscription.endpoint);
    return 'gone';
  }
}
