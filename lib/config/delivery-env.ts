import ipaddr from 'ipaddr.js';
import * as z from 'zod/mini';
import { type Environment, list, parseVariables } from './variables';

/** How alerts may leave the server. */
export interface DeliveryEnv {
  /** CIDR blocks that webhooks and mail may reach although they are not public, and over http. */
  readonly allowedNetworks: readonly string[];
  /** Mail servers reached whatever their address, port and encryption; lower case. */
  readonly smtpHosts: readonly string[];
  /** How a push service may reach the operator, "mailto:…" or "https://…". */
  readonly vapidSubject: string;
}

/** No reader stands behind it: it only satisfies push services, which ask for some contact. */
const NO_CONTACT = 'mailto:nobody@ballast.invalid';

/** A network as address/bits; an address alone is a network of one. */
const network = z.pipe(
  z.string(),
  z.transform((text, context) => {
    const isIpv6 = text.includes(':');
    const block = text.includes('/') ? text : `${text}/${isIpv6 ? 128 : 32}`;
    // The loose spellings of IPv4 ("0x0a.1", "10.1") are no networks anybody means.
    if (isIpv6 ? ipaddr.IPv6.isValidCIDR(block) : ipaddr.IPv4.isValidCIDRFourPartDecimal(block)) return block;
    const message = 'addresses or networks such as 10.0.0.0/8 or fd00::/8 are expected';
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  }),
);
const hostName = z.string().check(z.regex(/^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/i, 'host names are expected'));
const contact = z
  .string()
  .check(z.regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/, 'mailto:you@example.org or an https address is expected'));

const deliverySchema = z.object({
  BALLAST_WEBHOOK_ALLOW: z.optional(z.pipe(list, z.array(network))),
  BALLAST_SMTP_HOSTS: z.optional(z.pipe(list, z.array(hostName))),
  BALLAST_VAPID_SUBJECT: z.optional(contact),
});

/**
 * Reads how alerts may leave the server. Nothing set: public addresses over https alone.
 *
 * Errors: `InvalidInputError` ENV.
 * Example: `parseDeliveryEnv({ BALLAST_WEBHOOK_ALLOW: '10.0.0.0/8, 127.0.0.1' }).allowedNetworks` is `['10.0.0.0/8', '127.0.0.1/32']`.
 */
export function parseDeliveryEnv(environment: Environment): DeliveryEnv {
  const env = parseVariables(deliverySchema, environment);
  return {
    allowedNetworks: env.BALLAST_WEBHOOK_ALLOW ?? [],
    smtpHosts: (env.BALLAST_SMTP_HOSTS ?? []).map((name) => name.toLowerCase()),
    vapidSubject: env.BALLAST_VAPID_SUBJECT ?? NO_CONTACT,
  };
}
