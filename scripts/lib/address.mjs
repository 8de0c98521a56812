import { isIP } from 'node:net';
import { LauncherError } from './launcher-error.mjs';

/**
 * A port number from the environment.
 *
 * @param {string} name the variable, for the error
 * @param {string | undefined} text
 * @param {number} fallback where the variable is not set
 * @returns {number} 0 … 65535; 0 asks for any free port
 * @example parsePort('PORT', '8080', 3000) // 8080
 */
export function parsePort(name, text, fallback) {
  if (text === undefined || text === '') return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new LauncherError(
    `${name} is “${text}”, which is no port. Give a number from 1 to 65535, or 0 for any free one.`,
  );
}

/**
 * The address to listen on. Beyond loopback the app would be open to the network, so that must be asked for twice.
 *
 * @param {Record<string, string | undefined>} env
 * @returns {string}
 */
export function parseHost(env) {
  const host = (env.HOST ?? '').trim().replace(/^\[(.*)\]$/, '$1') || '127.0.0.1';
  if (isLoopback(host) || env.BALLAST_ALLOW_REMOTE === '1') return host;
  throw new LauncherError(
    `HOST is “${host}”, which is not this machine alone: others on the network could reach the app. ` +
      'If that is wanted, set BALLAST_ALLOW_REMOTE=1 as well; if not, unset HOST (some shells set it to the name of the machine).',
  );
}

/**
 * @param {string} host
 * @returns {boolean}
 */
export function isLoopback(host) {
  if (isIP(host) === 4) return host.startsWith('127.');
  return host === '::1' || host.toLowerCase() === 'localhost';
}

/**
 * Where a browser on this machine opens the app.
 *
 * @param {string} host what the app listens on; a wildcard is opened through loopback
 * @param {number} port
 * @returns {string}
 * @example formatAppUrl('::1', 3000) // 'http://[::1]:3000'
 */
export function formatAppUrl(host, port) {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
