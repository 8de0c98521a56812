import 'server-only';
import { createHash } from 'node:crypto';
import { generateRequestDetails, type Urgency } from 'web-push';
import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';
import type { AlertMessage, AlertSeverity } from '../alert-message';
import type { DeliveryContext } from '../delivery-context';
import { PermanentDeliveryError } from '../delivery-error';
import { cutText, formatAlertParts } from '../format-alert';
import { postToTarget } from '../post-to-target';
import { defineChannelKind } from './channel-kind';
import { nothing, webAddress } from './fields';

const KEY_TEXT = 'a key of a push subscription (base64url) is expected';
/** Of a topic a push service takes 32 characters of base64url (RFC 8030, 5.4): 24 bytes. */
const TOPIC_BYTES = 24;
/** Of each text: all together stay far below the 4096 bytes that push services take (RFC 8030, 7.2), at 4 bytes a character. */
const LONGEST_TEXT = 200;
const LONGEST_LINK = 600;
/** A phone that saves its battery is woken for what is above "normal" alone, and a warning that waits for morning is none. */
const URGENCIES: Readonly<Record<AlertSeverity, Urgency>> = { info: 'normal', warning: 'high', critical: 'high' };

const keyOf = (bytes: number) =>
  z.string(KEY_TEXT).check(
    z.refine((text) => /^[\w-]+=*$/.test(text) && Buffer.from(text, 'base64url').length === bytes, {
      error: KEY_TEXT,
    }),
  );

const secrets = z.strictObject({
  endpoint: webAddress,
  // A point of P-256, uncompressed, and 16 random bytes (RFC 8291, 3.1 and 3.2).
  p256dh: keyOf(65),
  auth: keyOf(16),
});

/** What the service worker shows. Figures are in the sentence; secrets and addresses of accounts are not in it, links may be. */
export interface PushPayload {
  readonly key: string;
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly body: string;
  readonly link: string;
}

function toPayload(message: AlertMessage): PushPayload {
  const { title, sentence, link } = formatAlertParts(message);
  return {
    key: message.idempotencyKey,
    severity: message.severity,
    title: cutText(title, LONGEST_TEXT),
    body: cutText(sentence, LONGEST_TEXT),
    // Half an address leads nowhere: one that is too long is left out in favour of the place it is on.
    link: link.length <= LONGEST_LINK ? link : new URL('/', link).href,
  };
}

function encrypt(message: AlertMessage, subscription: z.infer<typeof secrets>, context: DeliveryContext) {
  const { vapidKeys, vapidSubject } = context;
  if (!vapidKeys) throw new PermanentDeliveryError('NOT_SET_UP', 'Web Push has no keys on this server.');
  const { endpoint, p256dh, auth } = subscription;
  try {
    return generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(toPayload(message)), {
      vapidDetails: { subject: vapidSubject, ...vapidKeys },
      contentEncoding: 'aes128gcm',
      TTL: policy.delivery.pushKeptSeconds[message.severity],
      urgency: URGENCIES[message.severity],
      // One firing, one topic: what is sent again replaces what still waits, and no other alert does.
      topic: createHash('sha256')
        .update(message.idempotencyKey)
        .digest()
        .subarray(0, TOPIC_BYTES)
        .toString('base64url'),
    });
  } catch {
    // Its text may hold the keys.
    throw new PermanentDeliveryError('SUBSCRIPTION', 'The keys of this browser’s subscription cannot be used.');
  }
}

/**
 * One browser's push subscription: encrypted for it (RFC 8291), signed by VAPID (RFC 8292), through its maker's push service. A subscription
 * that the service no longer knows (404, 410) is PermanentDeliveryError GONE: it can be forgotten.
 */
export const webPush = defineChannelKind({
  id: 'web-push',
  title: 'Web Push',
  explanation: 'Notifies this browser even while no page is open.',
  // Filled in by the browser, which subscribes itself.
  fields: [
    { name: 'endpoint', label: 'Push service', input: 'url', isSecret: true },
    { name: 'p256dh', label: 'Public key of the browser', input: 'text', isSecret: true },
    { name: 'auth', label: 'Shared secret of the browser', input: 'text', isSecret: true },
  ],
  config: nothing,
  secrets,
  async send(message, _config, subscription, context) {
    const { headers, body } = encrypt(
      message,
      { ...subscription, endpoint: new URL(subscription.endpoint).href },
      context,
    );
    await postToTarget({ address: subscription.endpoint, headers: toTexts(headers), body }, context);
  },
});

const toTexts = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
