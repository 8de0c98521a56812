/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

/**
 * What a vitest JSON report counts. A file that could not even be collected has no tests: it counts as one failure.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number, testResults?: { status: string, assertionResults: unknown[] }[] }} report
 * @returns {Tally}
 */
export function countVitest(report) {
  const broken = (report.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/**
 * What a Playwright JSON report counts. A test that passed only when tried again has failed once: it counts as failed.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} report
 * @returns {Tally}
 */
export function countPlaywright({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/**
 * The outcome of one step. A step that fails without a failed test to show for it (a crash, an error outside a test) counts as one failure, and
 * a step of tests that ran none has failed.
 *
 * @param {{ ok: boolean, tests?: Tally, countsTests: boolean }} step `tests` is missing when the report is
 * @returns {Tally}
 */
export function tallyStep({ ok, tests, countsTests }) {
  if (!countsTests) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  const counted = tests ?? { passed: 0, failed: 0, skipped: 0 };
  const ranNone = counted.passed + counted.failed === 0;
  return (!ok || ranNone) && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function addTallies(tallies) {
  return tallies.reduce(
    (sum, tally) => ({
      passed: sum.passed + tally.passed,
      failed: sum.failed + tally.failed,
      skipped: sum.skipped + tally.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * The one line that programs read.
 *
 * @param {Tally} tally
 * @returns {string}
 * @example formatTally({ passed: 12, failed: 0, skipped: 1 }) // '12 passed, 0 failed, 1 skipped'
 */
export function formatTally({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
