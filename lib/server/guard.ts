import 'server-only';
import type { ListenEnv } from '@/lib/config/env';

/** Whether a request may be served, and if not, why, in one sentence for the answer's body. */
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

const ALLOWED: Verdict = { allowed: true };
const refuse = (reason: string): Verdict => ({ allowed: false, reason });

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);
const ANY_ADDRESS = new Set(['0.0.0.0', '::']);
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

interface HostParts {
  readonly name: string;
  readonly port: number | undefined;
}

/** Splits a Host header; IPv6 in brackets. `undefined` when it is none. */
function splitHost(text: string): HostParts | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text.toLowerCase());
  const name = match?.[1] ?? match?.[2];
  if (name === undefined) return undefined;
  return { name, port: match?.[3] === undefined ? undefined : Number(match[3]) };
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Whether the app listens for this machine only. `isLoopback('127.0.0.1')` is true, `isLoopback('0.0.0.0')` is not. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(bare(host));

/**
 * Judges a request's Host, so that a foreign name that was made to resolve to this machine (DNS rebinding) reaches nothing.
 *
 * Allowed are the loopback names, the name listened on, and the names the configuration lists; the port must be the one listened on where
 * that is known. When every interface is listened on, literal addresses pass too: a rebound name is never one. Listening beyond loopback
 * without the explicit permission refuses every request.
 * `checkHost('evil.example:3000', listen).allowed` is false.
 */
export function checkHost(header: string | null | undefined, listen: ListenEnv): Verdict {
  if (!isLoopback(listen.host) && !listen.allowRemote) {
    return refuse(
      `Ballast was started on ${listen.host}, beyond this machine: set BALLAST_ALLOW_REMOTE=1 to allow that, or leave HOST at 127.0.0.1.`,
    );
  }
  const asked = header ? splitHost(header.trim()) : undefined;
  if (!asked) return refuse('The request names no valid host.');
  if (listen.allowedHosts.some((allowed) => allowed === asked.name || allowed === header?.trim().toLowerCase())) {
    return ALLOWED;
  }
  const everywhere = ANY_ADDRESS.has(bare(listen.host));
  const named =
    LOOPBACK.has(asked.name) ||
    asked.name === bare(listen.host) ||
    (everywhere && (IPV4.test(asked.name) || asked.name.includes(':')));
  if (!named) return refuse('This host name is not served here; BALLAST_ALLOWED_HOSTS lists further names.');
  if (listen.port !== undefined && (asked.port ?? 80) !== listen.port) {
    return refuse('This port is not served here; BALLAST_ALLOWED_HOSTS lists further names with ports.');
  }
  return ALLOWED;
}

/**
 * Judges where a request comes from. An Origin must be of the same host as the request; where state would change there must be one, since
 * browsers always send it then. `checkOrigin('http://evil.example', '127.0.0.1:3000', true).allowed` is false.
 */
export function checkOrigin(
  origin: string | null | undefined,
  host: string | null | undefined,
  required: boolean,
): Verdict {
  if (!origin) return required ? refuse('The request names no origin.') : ALLOWED;
  const sameHost = URL.canParse(origin) && new URL(origin).host === host?.trim().toLowerCase().replace(/:80$/, '');
  return sameHost ? ALLOWED : refuse('Requests from another origin are not served.');
}
