import 'server-only';
import { createHash } from 'node:crypto';
import { generateRequestDetails, type Urgency } from 'web-push';
import * as z from 'zod/mini';
import { policy } from '@/lib/config/policy';
import type { AlertMessage, AlertSeverity } from './alert-message';
import { PermanentDeliveryError } from './delivery-error';
import { cutText, formatAlertParts } from './format-alert';
import type { TargetRequest } from './post-to-target';
import type { PushSubscription, PushSurroundings } from './push-surroundings';

/** Of a topic a push service takes 32 characters of base64url (RFC 8030, 5.4): 24 bytes. */
const TOPIC_BYTES = 24;
/** Of each text and of each address: all together stay below the 4096 bytes that push services take (RFC 8030, 7.2). */
const LONGEST_TEXT = 200;
const LONGEST_ADDRESS = 600;
/** A phone that saves its battery is woken for what is above "normal" alone, and a warning that waits for morning is none. */
const URGENCIES: Readonly<Record<AlertSeverity, Urgency>> = { info: 'normal', warning: 'high', critical: 'high' };

const bytes = (length: number) =>
  z.string().check(
    z.regex(/^[\w-]+=*$/),
    z.refine((text) => Buffer.from(text, 'base64url').length === length),
  );
/** A point of P-256, uncompressed, and 16 random bytes (RFC 8291, 3.1 and 3.2). */
const browserKeys = z.object({ p256dh: bytes(65), auth: bytes(16) });

/** What the service worker shows: the sentence has the figures in it; no secret and no account's address of its own accord. */
interface PushPayload {
  readonly key: string;
  readonly severity: AlertSeverity;
  readonly title: string;
  readonly body: string;
  readonly link: string;
}

function toPayload(message: AlertMessage, topic: string): PushPayload {
  const { title, sentence, link } = formatAlertParts(message);
  const { idempotencyKey } = message;
  return {
    key: idempotencyKey.length <= LONGEST_ADDRESS ? idempotencyKey : topic,
    severity: message.severity,
    title: cutText(title, LONGEST_TEXT),
    body: cutText(sentence, LONGEST_TEXT),
    // Half an address leads nowhere: one that is too long is left out in favour of the place it is on.
    link: link.length <= LONGEST_ADDRESS ? link : new URL('/', link).href,
  };
}

/**
 * An alert as one browser's push service takes it: encrypted for that browser (RFC 8291), signed by this server's key for that service
 * (RFC 8292), with urgency and time to live by severity. One firing has one topic: what is sent again replaces what still waits there, and no
 * other alert does.
 *
 * Errors: `PermanentDeliveryError` SUBSCRIPTION, for keys that are none.
 */
export function encryptPush(
  message: AlertMessage,
  { endpoint, keys }: PushSubscription,
  { vapidKeys, vapidSubject }: PushSurroundings,
): TargetRequest {
  const topic = createHash('sha256').update(message.idempotencyKey).digest().subarray(0, TOPIC_BYTES);
  const payload = toPayload(message, topic.toString('base64url'));
  try {
    // In its normal form, since it is signed for the origin of that.
    const address = new URL(endpoint).href;
    const subscription = { endpoint: address, keys: browserKeys.parse(keys) };
    const { headers, body } = generateRequestDetails(subscription, JSON.stringify(payload), {
      vapidDetails: { subject: vapidSubject, ...vapidKeys },
      contentEncoding: 'aes128gcm',
      TTL: policy.delivery.pushKeptSeconds[message.severity],
      urgency: URGENCIES[message.severity],
      topic: topic.toString('base64url'),
    });
    return { address, headers: toTexts(headers), body };
  } catch {
    // What it says may hold the keys.
    throw new PermanentDeliveryError('SUBSCRIPTION', 'The keys of a browser’s subscription cannot be used.');
  }
}

const toTexts = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
