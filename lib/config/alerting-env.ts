import * as z from 'zod/mini';
import { type Environment, parseVariables, url } from './variables';

/** How the watch is known to the world outside. */
export interface AlertingEnv {
  /** Where people reach Ballast, for links in alerts; without a slash at its end. */
  readonly baseUrl: string;
  /** What an outside monitor wants asked every minute as long as triggers are watched; `undefined`: there is none. */
  readonly heartbeatUrl: string | undefined;
}

const schema = z.object({
  HOST: z.optional(z.string()),
  PORT: z.optional(z.string()),
  BALLAST_PUBLIC_URL: z.optional(url('http:', 'https:')),
  BALLAST_HEARTBEAT_URL: z.optional(url('http:', 'https:')),
});

const ANY_HOST = new Set(['0.0.0.0', '::', '[::]']);

/**
 * Reads where Ballast is reached and who is told that it watches. Without `BALLAST_PUBLIC_URL` links lead to this machine.
 *
 * Errors: `InvalidInputError` ENV.
 * Example: `parseAlertingEnv({ PORT: '3000' }).baseUrl` is "http://127.0.0.1:3000".
 */
export function parseAlertingEnv(environment: Environment): AlertingEnv {
  const {
    HOST = '127.0.0.1',
    PORT = '3000',
    BALLAST_PUBLIC_URL,
    BALLAST_HEARTBEAT_URL,
  } = parseVariables(schema, environment);
  const host = ANY_HOST.has(HOST) ? '127.0.0.1' : HOST;
  const own = `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${PORT}`;
  return { baseUrl: (BALLAST_PUBLIC_URL ?? own).replace(/\/+$/, ''), heartbeatUrl: BALLAST_HEARTBEAT_URL };
}
