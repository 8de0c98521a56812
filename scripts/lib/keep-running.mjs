import { computeBackOffMs } from './back-off.mjs';
import { delay, describeEnd, isStopping } from './processes.mjs';
import { formatSeconds } from './progress.mjs';

/** A program that ran for so long was well: its death counts as the first. */
const WELL_AFTER_MS = 30_000;

/**
 * Starts a program again, with back-off, whenever it ends, until this process stops.
 *
 * @param {string} name
 * @param {{ ended: Promise<import('./processes.mjs').ProgramEnd> }} first the one already running
 * @param {() => Promise<{ ended: Promise<import('./processes.mjs').ProgramEnd> }>} start
 * @param {(message: string) => void} report
 */
export async function keepRunning(name, first, start, report) {
  let failures = 0;
  let program = first;
  while (!isStopping()) {
    const sinceMs = performance.now();
    const end = await program.ended;
    if (isStopping()) return;
    failures = performance.now() - sinceMs > WELL_AFTER_MS ? 1 : failures + 1;
    const waitMs = computeBackOffMs(failures);
    report(`${name} ended unexpectedly (${describeEnd(end)}); starting it again in ${formatSeconds(waitMs)}`);
    await delay(waitMs);
    if (isStopping()) return;
    program = await start();
  }
}
