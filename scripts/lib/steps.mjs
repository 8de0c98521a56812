import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale, NEXT } from './build.mjs';
import { findBrowser } from './find-browser.mjs';
import { describeEnd, isStopping, runNode } from './processes.mjs';
import { formatSeconds } from './progress.mjs';
import { STATE_DIR } from './project.mjs';
import { countPlaywright, countVitest, tallyStep } from './tally.mjs';

const LOG_DIR = join(STATE_DIR, 'test');
const BIN = 'node_modules';
/** How much longer than usual the random campaigns are under `--long`, unless BALLAST_CASES says. */
const LONG_CASES = '10';
/** How often a watcher is killed under `--long`, on each database, unless BALLAST_KILLS says. */
const LONG_KILLS = '250';

/**
 * @typedef {object} StepContext
 * @property {(line: string) => void} log keeps a line of the step's output
 * @property {string} reportFile where a test runner writes its JSON report
 * @property {boolean} isLong
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {boolean} [countsTests] whether its outcome is a number of tests; else it counts as one
 * @property {(context: StepContext) => Promise<{ ok: boolean, tests?: import('./tally.mjs').Tally }>} run
 *
 * @typedef {{ name: string, ok: boolean, tally: import('./tally.mjs').Tally, counts: string, ms: number, logFile: string, tail: string[] }} Outcome
 */

/** @type {Record<string, Step>} */
export const STEPS = {
  types: {
    name: 'types',
    run: async (context) =>
      firstFailure(
        () => runTool(context, [NEXT, 'typegen']),
        () => runTool(context, [join(BIN, 'typescript', 'bin', 'tsc'), '--noEmit']),
      ),
  },
  lint: {
    name: 'lint',
    run: (context) => runTool(context, [join(BIN, '@biomejs', 'biome', 'bin', 'biome'), 'check', '.']),
  },
  boundaries: { name: 'boundaries', run: (context) => runTool(context, [join('scripts', 'boundaries.mjs')]) },
  deadCode: { name: 'dead code', run: (context) => runTool(context, [join(BIN, 'knip', 'bin', 'knip.js')]) },
  lockfile: { name: 'lockfile', run: (context) => runTool(context, [join('scripts', 'lockcheck.mjs')]) },
  contracts: {
    name: 'contracts',
    run: (context) => runTool(context, ['--import', 'tsx', join('scripts', 'devnet.ts'), '--compile-only']),
  },
  unit: { name: 'unit tests', countsTests: true, run: (context) => runVitest(context, 'unit') },
  chain: { name: 'chain tests', countsTests: true, run: (context) => runVitest(context, 'chain') },
  storage: { name: 'storage tests', countsTests: true, run: (context) => runVitest(context, 'storage') },
  build: {
    name: 'build',
    run: async ({ log }) => {
      await buildIfStale(log);
      return { ok: true };
    },
  },
  size: { name: 'size', run: (context) => runTool(context, [join('scripts', 'size.mjs')]) },
  endToEnd: { name: 'end-to-end tests', countsTests: true, run: runPlaywright },
};

/**
 * Runs steps, a few at a time, to the last one, whatever the others came to.
 *
 * @param {readonly Step[]} steps
 * @param {{ report: (message: string) => void, isLong?: boolean, atOnce?: number }} options
 * @returns {Promise<Outcome[]>} in the order of `steps`
 */
export async function runSteps(steps, { report, isLong = false, atOnce = 1 }) {
  mkdirSync(LOG_DIR, { recursive: true });
  /** @type {Outcome[]} */
  const outcomes = [];
  let next = 0;
  const work = async () => {
    while (next < steps.length && !isStopping()) {
      const index = next;
      next += 1;
      outcomes[index] = await runStep(steps[index], { report, isLong });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcomes;
}

/**
 * @param {Step} step
 * @param {{ report: (message: string) => void, isLong: boolean }} options
 * @returns {Promise<Outcome>}
 */
async function runStep(step, { report, isLong }) {
  const slug = step.name.replaceAll(' ', '-');
  const logFile = join(LOG_DIR, `${slug}.log`);
  const reportFile = join(LOG_DIR, `${slug}.json`);
  rmSync(reportFile, { force: true });
  const file = createWriteStream(logFile);
  /** @type {string[]} */
  const tail = [];
  const log = (/** @type {string} */ line) => {
    file.write(`${line}\n`);
    tail.push(line);
    if (tail.length > 80) tail.shift();
  };
  const sinceMs = performance.now();
  report(`${step.name} …`);
  /** @type {{ ok: boolean, tests?: import('./tally.mjs').Tally }} */
  let result;
  try {
    result = await step.run({ log, reportFile, isLong });
  } catch (error) {
    log(error instanceof Error && error.name !== 'LauncherError' ? (error.stack ?? error.message) : String(error));
    result = { ok: false };
  }
  await new Promise((resolve) => file.end(resolve));
  const tally = tallyStep({ ...result, countsTests: step.countsTests === true });
  const ok = tally.failed === 0;
  const ms = performance.now() - sinceMs;
  const counts = step.countsTests ? `tests: ${tally.passed} good, ${tally.failed} bad, ${tally.skipped} left out` : '';
  if (!isStopping()) report(`${step.name}: ${ok ? 'ok' : 'FAILED'} in ${formatSeconds(ms)} ${counts}`.trimEnd());
  return { name: step.name, ok, tally, counts, ms, logFile, tail };
}

/**
 * @param {Pick<StepContext, 'log'>} context
 * @param {string[]} args
 * @param {Record<string, string | undefined>} [env]
 */
async function runTool({ log }, args, env = {}) {
  const end = await runNode(args, { env: { FORCE_COLOR: '0', NO_COLOR: '1', ...env }, onLine: log });
  if (end.code !== 0) log(`ended with ${describeEnd(end)}`);
  return { ok: end.code === 0 };
}

/** @param {(() => Promise<{ ok: boolean }>)[]} runs */
async function firstFailure(...runs) {
  for (const run of runs) {
    const result = await run();
    if (!result.ok) return result;
  }
  return { ok: true };
}

/** @param {StepContext} context @param {'unit' | 'chain' | 'storage'} project */
async function runVitest(context, project) {
  const { ok } = await runTool(
    context,
    [
      join(BIN, 'vitest', 'vitest.mjs'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${context.reportFile}`,
    ],
    context.isLong
      ? {
          BALLAST_CASES: process.env.BALLAST_CASES ?? LONG_CASES,
          BALLAST_KILLS: process.env.BALLAST_KILLS ?? LONG_KILLS,
        }
      : {},
  );
  return { ok, ...readTests(context.reportFile, countVitest) };
}

/** @param {StepContext} context */
async function runPlaywright(context) {
  const browser = await findBrowser({ install: true, report: context.log });
  if (browser === undefined) {
    context.log('No Chromium could be found or installed. Set CHROMIUM_PATH to one.');
    return { ok: false };
  }
  context.log(`browser: ${browser.path} (${browser.source})`);
  const { ok } = await runTool(context, [join(BIN, '@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'], {
    CHROMIUM_PATH: browser.path,
    PLAYWRIGHT_JSON_OUTPUT_FILE: context.reportFile,
    CI: '1',
  });
  return { ok, ...readTests(context.reportFile, countPlaywright) };
}

/**
 * @param {string} file
 * @param {(report: any) => import('./tally.mjs').Tally} count
 * @returns {{ tests?: import('./tally.mjs').Tally }}
 */
function readTests(file, count) {
  return existsSync(file) ? { tests: count(JSON.parse(readFileSync(file, 'utf8'))) } : {};
}
