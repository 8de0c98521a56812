import 'server-only';
import * as z from 'zod/mini';
import type { AlertMessage } from '../alert-message';
import { postToTarget } from '../post-to-target';
import { formatSignature, SIGNATURE_HEADER } from '../sign-body';
import { defineChannelKind } from './channel-kind';
import { webAddress } from './fields';

const SECRET_TEXT = 'a secret of 16 to 200 visible ASCII characters is expected';
const ONE_SECOND_MS = 1_000;

/**
 * A signed POST to an address of the user's own. The body is JSON with every figure as a decimal string; `Ballast-Signature` signs it with its
 * time (`verifySignature` is the receiver's part), `Ballast-Idempotency-Key` is the same for every attempt at one alert.
 */
export const webhook = defineChannelKind({
  id: 'webhook',
  title: 'Webhook',
  explanation: 'Posts signed JSON to an address of yours.',
  fields: [
    { name: 'url', label: 'Address', input: 'url', hint: 'https://…', isSecret: false },
    {
      name: 'secret',
      label: 'Signing secret',
      input: 'text',
      hint: 'At least 16 characters; the receiver verifies the signature with it.',
      isSecret: true,
    },
  ],
  config: z.strictObject({ url: webAddress }),
  secrets: z.strictObject({ secret: z.string(SECRET_TEXT).check(z.regex(/^[\x21-\x7e]{16,200}$/, SECRET_TEXT)) }),
  async send(message, { url }, { secret }, context) {
    const body = JSON.stringify(toWebhookBody(message));
    // The time of sending, not of the firing: a receiver takes only what was sent a moment ago.
    const signature = formatSignature(secret, Math.floor(context.clock.now() / ONE_SECOND_MS), body);
    const headers = {
      'content-type': 'application/json',
      [SIGNATURE_HEADER]: signature,
      'ballast-idempotency-key': message.idempotencyKey,
    };
    await postToTarget({ address: url, headers, body }, context);
  },
});

/** The body's shape, named in it so that a later one can be told apart. */
function toWebhookBody(message: AlertMessage) {
  return {
    format: 'ballast-alert/1',
    idempotencyKey: message.idempotencyKey,
    firingId: message.firingId,
    isTest: message.isTest,
    severity: message.severity,
    trigger: message.triggerName,
    subject: message.subject,
    at: new Date(message.atMs).toISOString(),
    sentence: message.sentence,
    values: message.values.map(({ label, value, text }) => ({ label, value, text })),
    link: message.link,
    remedy: message.remedy ?? null,
  };
}
