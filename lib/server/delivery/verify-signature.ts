import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { policy } from '@/lib/config/policy';
import { computeSignature } from './sign-body';

export interface SignedRequest {
  /** The `Ballast-Signature` header as received. */
  readonly header: string | undefined;
  /** The body as received, before it is parsed. */
  readonly body: string;
  readonly secret: string;
  readonly nowMs: number;
}

/** Whether a webhook is to be believed, and if not, why. */
export type SignatureVerdict =
  | { readonly isValid: true }
  | { readonly isValid: false; readonly reason: 'malformed' | 'too-old' | 'wrong' };

const ONE_SECOND_MS = 1_000;

/**
 * What a receiver does: recomputes the signature over "timestamp.body", compares it in constant time, and refuses one whose time is more
 * than `policy.delivery.signatureToleranceSeconds` away, either way. Pure.
 *
 * A receiver then drops what it has seen before by `Ballast-Idempotency-Key`: the same alert may come more than once, always under one key.
 */
export function verifySignature({ header, body, secret, nowMs }: SignedRequest): SignatureVerdict {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '');
  if (match?.[1] === undefined || match[2] === undefined) return { isValid: false, reason: 'malformed' };
  const timestampSeconds = Number(match[1]);
  const expected = Buffer.from(computeSignature(secret, timestampSeconds, body), 'hex');
  if (!timingSafeEqual(expected, Buffer.from(match[2], 'hex'))) return { isValid: false, reason: 'wrong' };
  const ageSeconds = Math.abs(nowMs / ONE_SECOND_MS - timestampSeconds);
  return ageSeconds <= policy.delivery.signatureToleranceSeconds
    ? { isValid: true }
    : { isValid: false, reason: 'too-old' };
}
