import 'server-only';
import { generateVAPIDKeys } from 'web-push';
import type { VapidKeys } from './push-surroundings';

/**
 * Makes the key pair by which push services know this server (RFC 8292): made once and kept, since subscriptions are bound to it. Both
 * base64url; the public one, a point of P-256 of 65 bytes, goes to browsers, the private one stays here.
 */
export const createVapidKeys = (): VapidKeys => generateVAPIDKeys();
