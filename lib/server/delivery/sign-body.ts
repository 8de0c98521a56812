import 'server-only';
import { createHmac } from 'node:crypto';

/** The header a signature stands in. */
export const SIGNATURE_HEADER = 'ballast-signature';

/** HMAC-SHA256 of "timestamp.body" under the secret, in hexadecimal. The timestamp is whole seconds since 1970; text is UTF-8. */
export const computeSignature = (secret: string, timestampSeconds: number, body: string): string =>
  createHmac('sha256', secret).update(`${timestampSeconds}.${body}`, 'utf8').digest('hex');

/**
 * The signature header of a body: `t=1700000000,v1=<64 hexadecimal digits>`. The time is signed with the body, so that neither can be changed
 * nor the whole be sent again later; "v1" names the method. Pure.
 */
export const formatSignature = (secret: string, timestampSeconds: number, body: string): string =>
  `t=${timestampSeconds},v1=${computeSignature(secret, timestampSeconds, body)}`;
