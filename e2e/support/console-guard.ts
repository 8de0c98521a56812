import type { Page } from '@playwright/test';

/**
 * Collects what a page reports as wrong: errors in its console, exceptions nobody caught, violations of its content security policy.
 *
 * @returns `errors`, and `allow` for a test that provokes one on purpose: errors that match are then no failure
 */
export function watchConsole(page: Page): {
  readonly unexpected: () => readonly string[];
  readonly allow: (pattern: RegExp) => void;
} {
  const errors: string[] = [];
  const allowed: RegExp[] = [];
  page.on('pageerror', (error) => errors.push(`exception: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) {
      errors.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  return {
    unexpected: () => errors.filter((text) => !allowed.some((pattern) => pattern.test(text))),
    allow: (pattern) => allowed.push(pattern),
  };
}
