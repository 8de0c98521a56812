import type { BrowserContext } from '@playwright/test';

/** A request that the page itself gave up: a stream closed, a navigation that overtook a prefetch. */
const GIVEN_UP = 'net::ERR_ABORTED';

/**
 * Collects what the pages of a context report as wrong: errors in their console, exceptions nobody caught, violations of their content
 * security policy, requests that failed.
 *
 * @returns `unexpected` lists them, and `allow` is for a test that provokes one on purpose: errors that match are then no failure
 */
export function watchConsole(context: BrowserContext): {
  readonly unexpected: () => readonly string[];
  readonly allow: (pattern: RegExp) => void;
} {
  const errors: string[] = [];
  const allowed: RegExp[] = [];
  context.on('weberror', (webError) => {
    const error = webError.error();
    errors.push(`exception: ${error.stack ?? error.message}`);
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) {
      errors.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'unknown';
    if (reason !== GIVEN_UP) errors.push(`request: ${reason} (${request.url()})`);
  });
  return {
    unexpected: () => errors.filter((text) => !allowed.some((pattern) => pattern.test(text))),
    allow: (pattern) => allowed.push(pattern),
  };
}
