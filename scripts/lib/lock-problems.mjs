import { isNodeInRange } from './node-range.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [resolved]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {{ node?: string }} [engines]
 *
 * @typedef {Record<string, LockedPackage>} LockedPackages by path, as in package-lock.json
 */

/**
 * Optional packages that some package names and the lockfile lacks: those are the binaries for other platforms. An install by the lockfile leaves
 * them out there without a word, or, where npm sees that they exist, refuses altogether. (anvil's for other platforms could not be had when the
 * lockfile was made: they stand in it by name and version, without a hash. Where one cannot be installed, the start says how to get anvil.)
 *
 * @param {LockedPackages} packages
 * @returns {string[]} one line each
 */
export function findMissingPlatforms(packages) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isResolvable(packages, path, name))
      .map(
        (name) =>
          `${nameOf(path)} names ${name}, which the lockfile lacks: it was made where that package could not be had`,
      ),
  );
}

/**
 * Packages that refuse the Node we promise to run on. Optional ones are left out where they do not fit, and tools of development may ask for more.
 *
 * @param {LockedPackages} packages
 * @param {{ minimum: string, minimumForTests: string }} versions
 * @returns {string[]} one line each
 */
export function findEngineProblems(packages, { minimum, minimumForTests }) {
  return Object.entries(packages).flatMap(([path, { version, dev, optional, engines }]) => {
    const needed = dev ? minimumForTests : minimum;
    const range = engines?.node;
    if (range === undefined || (optional && !dev) || isNodeInRange(needed, range) === true) return [];
    return [`${nameOf(path)} ${version} runs on Node ${range}, and we promise ${needed}`];
  });
}

/**
 * Addresses in the lockfile: without any, each npm asks the registry that it is configured for, and no network is shut out.
 *
 * @param {LockedPackages} packages
 * @returns {string[]} one line each
 */
export function findForeignRegistries(packages) {
  return Object.entries(packages).flatMap(([path, { resolved }]) => {
    if (resolved === undefined || !/^https?:/.test(resolved)) return [];
    return [`${nameOf(path)} would be fetched from ${new URL(resolved).host}`];
  });
}

/** @param {string} path like `node_modules/a/node_modules/@b/c` */
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length) || 'this project';

/** Whether `name` is found from the package at `path`, as Node looks for it. @param {LockedPackages} packages @param {string} path @param {string} name */
function isResolvable(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true;
    if (at === '') return false;
  }
}
