import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where systems keep a Chromium or Chrome. */
const SYSTEM_PATHS = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};

/**
 * @typedef {object} BrowserSource
 * @property {string} name
 * @property {() => string | undefined | Promise<string | undefined>} find path of an executable that may exist
 */

/**
 * The first source that has a browser.
 *
 * @param {readonly BrowserSource[]} sources
 * @param {(path: string) => boolean} [exists]
 * @returns {Promise<{ path: string, source: string } | undefined>}
 */
export async function pickBrowser(sources, exists = existsSync) {
  for (const { name, find } of sources) {
    const path = await find();
    if (path !== undefined && path !== '' && exists(path)) return { path, source: name };
  }
  return undefined;
}

/**
 * A Chromium for the tests: the named one, Playwright's, the system's; with `install`, then what can be installed.
 *
 * @param {{ install?: boolean, report?: (message: string) => void }} [options]
 * @returns {Promise<{ path: string, source: string } | undefined>}
 */
export async function findBrowser({ install = false, report = () => {} } = {}) {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '' && !existsSync(named))
    report(`browser: CHROMIUM_PATH is ${named}, which is not there`);
  return pickBrowser([...presentSources(), ...(install ? installingSources(report) : [])]);
}

/** @returns {BrowserSource[]} */
function presentSources() {
  const system = SYSTEM_PATHS[/** @type {keyof typeof SYSTEM_PATHS} */ (process.platform)] ?? [];
  return [
    { name: 'CHROMIUM_PATH', find: () => process.env.CHROMIUM_PATH },
    { name: 'Playwright', find: readPlaywrightPath },
    ...system.map((path) => ({ name: 'system', find: () => path })),
  ];
}

/** @param {(message: string) => void} report @returns {BrowserSource[]} */
function installingSources(report) {
  return [
    {
      name: 'Playwright, installed now',
      find: async () => {
        report('browser: none found; playwright install chromium …');
        const cli = fileURLToPath(new URL('../../node_modules/playwright/cli.js', import.meta.url));
        run(process.execPath, [cli, 'install', 'chromium'], 120_000);
        return readPlaywrightPath();
      },
    },
    {
      name: 'Debian, installed now',
      find: () => {
        if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
          return undefined;
        report('browser: apt-get install chromium …');
        run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', 'update'], 180_000);
        run(
          'apt-get',
          ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', 'chromium'],
          300_000,
        );
        return '/usr/bin/chromium';
      },
    },
    { name: '@sparticuz/chromium', find: readPackagedPath },
  ];
}

/** @returns {Promise<string | undefined>} */
async function readPlaywrightPath() {
  try {
    const { chromium } = await import('playwright');
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

/**
 * The one browser that draws golden screenshots: a Chromium inside an npm package, so that its version is in the lockfile. Linux x64 only.
 *
 * @returns {Promise<string | undefined>}
 */
export async function readPackagedPath() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    return await chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** @param {string} command @param {string[]} args @param {number} timeout */
function run(command, args, timeout) {
  try {
    execFileSync(command, args, {
      timeout,
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  } catch {
    // The next source is tried.
  }
}
