import { NEXT } from './build.mjs';
import { LauncherError } from './launcher-error.mjs';
import { delay, describeEnd, isStopping, startNode } from './processes.mjs';

/** How long the app may answer anything but 200 before the user is told what it says. */
const TELL_EVERY_MS = 10_000;

/**
 * Starts the app.
 *
 * @param {{ host: string, port: number, dev: boolean, env: Record<string, string>, report: (message: string) => void }} options
 */
export function startApp({ host, port, dev, env, report }) {
  return startNode([NEXT, dev ? 'dev' : 'start', '-H', host, '-p', String(port)], {
    env: {
      ...env,
      HOST: host,
      PORT: String(port),
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    onLine: (line) => {
      if (line.trim() !== '' && !isBanner(line)) report(`app: ${line}`);
    },
  });
}

/** What Next prints at each start; the launcher says it in its own words. @param {string} line */
const isBanner = (line) =>
  /^\s*(▲ Next\.js|- (Local|Network|Environments|Experiments)\b|✓ (Starting|Ready in|Running next\.config))/.test(line);

/**
 * Waits until the app says that it is ready, as long as it takes.
 *
 * @param {string} appUrl
 * @param {import('./processes.mjs').RunningProgram} app
 * @param {(message: string) => void} report
 * @returns {Promise<void>} fails when the app ends first, and when it says that its configuration cannot be used: no waiting mends that
 */
export async function waitUntilReady(appUrl, app, report) {
  /** @type {import('./processes.mjs').ProgramEnd | undefined} */
  let end;
  app.ended.then((value) => {
    end = value;
  });
  let toldMs = performance.now();
  while (!isStopping()) {
    const answer = await readHealth(appUrl);
    if (end !== undefined) {
      throw new Error(`The app ended before it was ready (${describeEnd(end)}):\n${app.tail().slice(-30).join('\n')}`);
    }
    if (answer === 'ready') return;
    if (performance.now() - toldMs > TELL_EVERY_MS) {
      toldMs = performance.now();
      report(`the app at ${appUrl} is not ready yet: ${answer}`);
    }
    await delay(100);
  }
}

/** @param {string} appUrl @returns {Promise<string>} 'ready', or what is said instead */
async function readHealth(appUrl) {
  try {
    const response = await fetch(`${appUrl}/api/health`, { signal: AbortSignal.timeout(30_000) });
    if (response.status === 200) return 'ready';
    const text = await response.text();
    const problem = readConfigurationProblem(text);
    if (problem !== undefined) throw new LauncherError(problem);
    return `${response.status} ${text.slice(0, 300)}`;
  } catch (error) {
    if (error instanceof LauncherError) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * What the app says in place of its health where its environment cannot be used.
 *
 * @param {string} text
 * @returns {string | undefined}
 */
export function readConfigurationProblem(text) {
  try {
    const { error, nextStep, ready } = JSON.parse(text);
    return ready === undefined && typeof error === 'string' && typeof nextStep === 'string'
      ? `${error}\n${nextStep}`
      : undefined;
  } catch {
    return undefined;
  }
}
