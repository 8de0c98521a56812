import 'server-only';
import { isIP } from 'node:net';
import { PermanentDeliveryError, TemporaryDeliveryError } from './delivery-error';
import { judgeAddress } from './judge-address';
import type { ResolveHost } from './resolve-host';

/** What the configuration permits beyond public addresses, and how names are resolved. */
export interface TargetRules {
  /** CIDR blocks that may be reached although they are not public. */
  readonly allowedNetworks: readonly string[];
  readonly resolve: ResolveHost;
}

/** A host whose addresses were all found good. A connection goes to these addresses and asks nobody again. */
export interface CheckedHost {
  /** Name or address, without brackets. */
  readonly host: string;
  readonly addresses: readonly string[];
  /** Every address lies in a network that the configuration lists. */
  readonly isListed: boolean;
}

const FIRST_UNPRIVILEGED_PORT = 1_024;

/**
 * Resolves a host and refuses it unless every one of its addresses is public or listed: one bad address among good ones is enough, since a
 * connection may go to any of them.
 *
 * Errors: `TemporaryDeliveryError` NO_ADDRESS; ADDRESS_REFUSED, permanent for an address, temporary for a name: a network that answers
 * every name with an address of its own (a sign-in page) passes, and a warning must outlast it.
 */
export async function checkHost(host: string, { allowedNetworks, resolve }: TargetRules): Promise<CheckedHost> {
  const isAddress = isIP(host) !== 0;
  const addresses = isAddress ? [host] : await resolve(host).catch(() => []);
  if (addresses.length === 0) throw new TemporaryDeliveryError('NO_ADDRESS', 'The host name has no address.');
  const verdicts = addresses.map((address) => judgeAddress(address, allowedNetworks));
  if (verdicts.includes('refused')) {
    const text = 'The host is not on the public internet; networks of your own are listed in BALLAST_WEBHOOK_ALLOW.';
    throw isAddress
      ? new PermanentDeliveryError('ADDRESS_REFUSED', text)
      : new TemporaryDeliveryError('ADDRESS_REFUSED', text);
  }
  return { host, addresses, isListed: verdicts.every((verdict) => verdict === 'listed') };
}

/** A web address that may be posted to. */
export interface CheckedTarget extends CheckedHost {
  readonly url: URL;
}

/**
 * Checks a web address before anything is sent to it (server-side request forgery): https, or http to listed networks only; no user name or
 * password in it; port 443 or from 1024 on, or any port of listed networks; every resolved address public or listed.
 *
 * The URL's own parsing turns every spelling of an address ("0x7f.1", "2130706433") into the usual one before it is judged.
 * Errors: `PermanentDeliveryError` URL, SCHEME, USERINFO, PORT, and those of `checkHost`. No text shows the address: it may hold a secret.
 * Example: `checkTarget('https://169.254.169.254/', …)` throws ADDRESS_REFUSED.
 */
export async function checkTarget(address: string, rules: TargetRules): Promise<CheckedTarget> {
  if (!URL.canParse(address)) throw new PermanentDeliveryError('URL', 'This is not a web address.');
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new PermanentDeliveryError('SCHEME', 'Only https addresses are posted to.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new PermanentDeliveryError('USERINFO', 'A user name or password inside the address is not accepted.');
  }
  const checked = await checkHost(url.hostname.replace(/^\[|\]$/g, ''), rules);
  if (checked.isListed) return { ...checked, url };
  if (url.protocol === 'http:') {
    throw new PermanentDeliveryError('SCHEME', 'http is accepted for networks listed in BALLAST_WEBHOOK_ALLOW only.');
  }
  if (!isPublicPort(url.port)) {
    throw new PermanentDeliveryError('PORT', 'Of public hosts, port 443 and those from 1024 on are accepted.');
  }
  return { ...checked, url };
}

/**
 * 443, which a URL leaves out, or one from 1024 on: below stand the well-known services of others (mail, names, directories), none of which
 * takes a webhook.
 */
const isPublicPort = (port: string): boolean => port === '' || Number(port) >= FIRST_UNPRIVILEGED_PORT;
