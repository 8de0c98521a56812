import { describe, expect, it } from 'vitest';
import { addTallies, countPlaywright, countVitest, formatTally, tallyStep } from './tally.mjs';

const vitestReport = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };

describe('counts', () => {
  it('reads what vitest reports, and takes a file that could not be collected for a failure', () => {
    expect(countVitest(vitestReport)).toEqual({ passed: 5, failed: 1, skipped: 3 });
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [{}] },
    ];
    expect(countVitest({ ...vitestReport, testResults }).failed).toBe(2);
  });

  it('takes a Playwright test that needed a second try for failed', () => {
    expect(countPlaywright({ stats: { expected: 7, unexpected: 1, flaky: 2, skipped: 3 } })).toEqual({
      passed: 7,
      failed: 3,
      skipped: 3,
    });
  });

  it.each([
    ['a check that holds', { ok: true, countsTests: false }, { passed: 1, failed: 0, skipped: 0 }],
    ['a check that does not', { ok: false, countsTests: false }, { passed: 0, failed: 1, skipped: 0 }],
    ['tests without a report', { ok: true, countsTests: true }, { passed: 0, failed: 1, skipped: 0 }],
    [
      'a run of no tests',
      { ok: true, countsTests: true, tests: { passed: 0, failed: 0, skipped: 4 } },
      { passed: 0, failed: 1, skipped: 4 },
    ],
    [
      'a crash after good tests',
      { ok: false, countsTests: true, tests: { passed: 9, failed: 0, skipped: 0 } },
      { passed: 9, failed: 1, skipped: 0 },
    ],
    [
      'failed tests',
      { ok: false, countsTests: true, tests: { passed: 9, failed: 2, skipped: 0 } },
      { passed: 9, failed: 2, skipped: 0 },
    ],
  ])('tallies %s', (_, step, expected) => {
    expect(tallyStep(step)).toEqual(expected);
  });
});

describe('the closing line', () => {
  it('sums, and speaks of skipped tests only where there are any', () => {
    const sum = addTallies([
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 11, failed: 2, skipped: 0 },
    ]);
    expect(formatTally(sum)).toBe('12 passed, 2 failed');
    expect(formatTally({ ...sum, skipped: 3 })).toBe('12 passed, 2 failed, 3 skipped');
  });
});
