import 'server-only';
import * as z from 'zod/mini';
import { InvalidInputError } from '@/lib/domain/errors';

const line = z.string();
const link = z.string().check(
  z.refine((text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol), {
    error: 'a complete http or https address is expected',
  }),
);

/**
 * One figure of an alert: its exact value for programs and the same as people read it. `value` is a decimal string without exponent, with
 * "." and an optional "-"; `text` may carry a unit: `{ label: 'Health factor', value: '1.041666666666666666', text: '1.041' }`.
 */
const alertValue = z.object({
  label: line,
  value: z.string().check(z.regex(/^-?\d+(\.\d+)?$/, 'a decimal figure is expected')),
  text: line,
});

/** No text here is refused for its length: a warning that is too long is shortened where it is sent, never lost. */
const alertMessage = z.object({
  // It goes out in a header: visible ASCII only.
  idempotencyKey: z.string().check(z.regex(/^[\x21-\x7e]{1,4000}$/, '1 to 4000 visible ASCII characters are expected')),
  firingId: z.string().check(z.minLength(1)),
  triggerName: line,
  severity: z.enum(['info', 'warning', 'critical']),
  atMs: z.number().check(z.int(), z.minimum(0), z.maximum(8_640_000_000_000_000)),
  sentence: line,
  values: z.readonly(z.array(z.readonly(alertValue))),
  subject: line,
  link,
  remedy: z.optional(z.readonly(z.object({ text: line, link }))),
  isTest: z.boolean(),
});

/** How loud an alert is. */
export type AlertSeverity = z.infer<typeof alertMessage>['severity'];

/**
 * An alert as it is delivered, complete in itself, JSON-safe. Its key stands for one firing on one channel: sent twice, it is the same alert.
 * `atMs` is the firing's time (epoch, milliseconds); `subject` names the position or asset; links are complete addresses.
 */
export type AlertMessage = Readonly<z.infer<typeof alertMessage>>;

/** What is stored with a firing for each of its channels: the alert without what the storage itself gives it. */
export type AlertBody = Omit<AlertMessage, 'idempotencyKey' | 'firingId'>;

/**
 * Reads an alert that was stored. Unknown fields are left out.
 *
 * Errors: `InvalidInputError` ALERT, which names the field.
 * Example: `parseAlertMessage({ …, severity: 'loud' })` names `severity`.
 */
export function parseAlertMessage(given: unknown): AlertMessage {
  const result = alertMessage.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') || 'the alert';
  throw new InvalidInputError('ALERT', `The alert cannot be read: ${field}: ${issue?.message}.`, {
    inputs: { field },
  });
}
