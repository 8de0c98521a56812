import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the built app is made of. */
const BUILD_INPUTS = [
  'app',
  'components',
  'lib',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'next.config.js',
  'next.config.mjs',
  'next.config.ts',
  'postcss.config.mjs',
  'tailwind.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** What lies among the inputs without being part of the app: tests, and the chain, which the boundaries keep out of it. */
const NOT_PART = [/\.(test|test-d|chain\.test)\.tsx?$/, /^lib\/devnet(\/|$)/, /(^|\/)\.DS_Store$/];

/**
 * One hash over names and contents of all files under `inputs`.
 *
 * @param {string} root
 * @param {readonly string[]} [inputs] files and folders; absent ones count as absent
 * @returns {string} hex
 */
export function readSourceHash(root, inputs = BUILD_INPUTS) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => listFiles(root, input)).sort()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} root @param {string} path @returns {string[]} */
function listFiles(root, path) {
  if (NOT_PART.some((pattern) => pattern.test(path)) || !existsSync(join(root, path))) return [];
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => listFiles(root, `${path}/${name}`));
}
