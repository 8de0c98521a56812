import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installIfNeeded } from './install.mjs';
import { LauncherError } from './launcher-error.mjs';
import { endEverythingOnSignals, untilStopped } from './processes.mjs';
import { createProgress, formatSeconds } from './progress.mjs';
import { STATE_DIR } from './project.mjs';
import { runSteps, STEPS } from './steps.mjs';
import { addTallies, formatTally } from './tally.mjs';

/**
 * `npm test`: installs what is missing and runs every check there is, all of them even if one fails. `--long` runs the random campaigns
 * against the real contracts and the databases instead, at many times their size: nothing else depends on it.
 *
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function main(args) {
  const unknown = args.find((arg) => arg !== '--long');
  if (unknown !== undefined) throw new LauncherError(`There is no “${unknown}”. Usage: npm test, npm run test:long`);
  const report = createProgress();
  endEverythingOnSignals({ report });
  return untilStopped(() => runTests({ report, isLong: args.includes('--long') }));
}

/** @param {{ report: (message: string) => void, isLong: boolean }} options */
async function runTests({ report, isLong }) {
  try {
    await installIfNeeded(report);
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    console.log(formatTally({ passed: 0, failed: 1, skipped: 0 }));
    return 1;
  }
  const outcomes = isLong ? await runCampaigns(report) : await runEverything(report);
  printFailures(outcomes);
  writeFileSync(
    join(STATE_DIR, 'test', 'results.json'),
    JSON.stringify(
      outcomes.map(({ tail, ...rest }) => rest),
      null,
      2,
    ),
  );
  printTable(outcomes);
  const total = addTallies(outcomes.map(({ tally }) => tally));
  console.log(formatTally(total));
  return total.failed > 0 ? 1 : 0;
}

/** @param {(message: string) => void} report */
async function runEverything(report) {
  // Compiling, once, takes one core; the checks that only read share the other; what drives a browser runs alone.
  const { contracts, types, lint, boundaries, deadCode, lockfile, unit, chain, storage, build, size, endToEnd } = STEPS;
  return [
    ...(await runSteps([contracts, types, lint, boundaries, deadCode, lockfile], { report, atOnce: 2 })),
    ...(await runSteps([unit, chain, storage, build, size, endToEnd], { report })),
  ];
}

/** @param {(message: string) => void} report */
const runCampaigns = (report) => runSteps([STEPS.contracts, STEPS.chain, STEPS.storage], { report, isLong: true });

/** @param {readonly import('./steps.mjs').Outcome[]} outcomes */
export function printFailures(outcomes) {
  for (const { name, ok, tail, logFile } of outcomes) {
    if (ok) continue;
    console.log(`\n── ${name} failed; the whole output is in ${logFile} ──`);
    for (const line of tail) console.log(line);
  }
}

/** @param {readonly import('./steps.mjs').Outcome[]} outcomes */
export function printTable(outcomes) {
  console.log('');
  for (const { name, ok, counts, ms } of outcomes) {
    console.log(
      `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(18)}${formatSeconds(ms).padStart(8)}   ${counts}`.trimEnd(),
    );
  }
}
