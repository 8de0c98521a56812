import { installIfNeeded } from './install.mjs';
import { endEverythingOnSignals, untilStopped } from './processes.mjs';
import { createProgress } from './progress.mjs';
import { printFailures, printTable } from './run-tests.mjs';
import { runSteps, STEPS } from './steps.mjs';

/**
 * `npm run verify`: what a change must pass before it is shown to anyone; no chain and no browser.
 *
 * @returns {Promise<number>} exit code
 */
export async function main() {
  const report = createProgress();
  endEverythingOnSignals({ report });
  return untilStopped(async () => {
    await installIfNeeded(report);
    const { types, lint, boundaries, deadCode, unit, build, size } = STEPS;
    const outcomes = [
      ...(await runSteps([types, lint, boundaries, deadCode], { report, atOnce: 2 })),
      ...(await runSteps([unit, build, size], { report })),
    ];
    printFailures(outcomes);
    printTable(outcomes);
    return outcomes.every(({ ok }) => ok) ? 0 : 1;
  });
}
