import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** More than this fails. */
export const LIMIT_KB = 300;
/** What we aim for before the first paint. */
export const AIM_KB = 200;

/**
 * The scripts that the page `/` asks for at once: the runtime's and those of its layout and page. They equal the script tags of the served page,
 * but for the polyfills, which browsers with modules do not fetch. What is loaded later, by `import()`, is not among them.
 *
 * @param {{ rootMainFiles: string[] }} buildManifest `.next/build-manifest.json`
 * @param {{ entryJSFiles: Record<string, string[]> }} pageManifest of `.next/server/app/page_client-reference-manifest.js`
 * @returns {string[]} paths under `.next`, each once
 */
export function listFirstScripts({ rootMainFiles }, { entryJSFiles }) {
  return [...new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()])];
}

/**
 * The manifest inside the script that Next writes: `globalThis.__RSC_MANIFEST[…] = {…};`
 *
 * @param {string} script
 * @returns {{ entryJSFiles: Record<string, string[]> }}
 */
export function parsePageManifest(script) {
  const json = /\]\s*=\s*(\{[\s\S]*\})\s*;?\s*$/.exec(script)?.[1];
  const manifest = json === undefined ? undefined : JSON.parse(json);
  if (manifest?.entryJSFiles === undefined) throw new Error('The manifest of the page is not of the known form.');
  return manifest;
}

/**
 * @param {string} buildDir `.next`
 * @returns {{ file: string, gzipBytes: number }[]}
 */
export function readFirstScripts(buildDir) {
  const text = (/** @type {string} */ file) => readFileSync(join(buildDir, file), 'utf8');
  const files = listFirstScripts(
    JSON.parse(text('build-manifest.json')),
    parsePageManifest(text(join('server', 'app', 'page_client-reference-manifest.js'))),
  );
  return files.map((file) => ({ file, gzipBytes: gzipSync(readFileSync(join(buildDir, file))).length }));
}
