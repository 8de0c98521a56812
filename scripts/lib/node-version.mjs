// Read by every entry script before anything else, also by a Node that is too old: only syntax and modules that old ones know.

/** The lowest Node that everything here runs on; a test holds it equal to `engines` in package.json. */
export const MINIMUM_NODE = '20.9.0';

/** The lowest that the tools of tests and checks run on as well (vite, rolldown and knip refuse older ones). */
export const MINIMUM_NODE_FOR_TESTS = '20.19.0';

/**
 * What to tell the user of a Node that is too old; `undefined` when the version will do.
 *
 * @param {string} version as in `process.versions.node`
 * @param {string} minimum
 * @returns {string | undefined}
 * @example describeNodeProblem('18.19.0', '20.9.0') // 'This needs Node 20.9.0 or newer, and runs on 18.19.0. …'
 */
export function describeNodeProblem(version, minimum) {
  const have = version.split('.').map(Number);
  const need = minimum.split('.').map(Number);
  for (let i = 0; i < need.length; i += 1) {
    if (have[i] > need[i]) return undefined;
    if (have[i] < need[i]) {
      return (
        'This needs Node ' +
        minimum +
        ' or newer, and runs on ' +
        version +
        '. Install a current one from https://nodejs.org, or with a version manager: nvm install 20 && nvm use 20'
      );
    }
  }
  return undefined;
}

/**
 * Runs `main` of a module, unless Node is too old for it.
 *
 * @param {() => Promise<{ main: (args: string[]) => Promise<number | void> }>} load imports the module, only when it can be read
 * @param {string} [minimum]
 */
export function runWithNewEnoughNode(load, minimum) {
  const problem = describeNodeProblem(process.versions.node, minimum || MINIMUM_NODE);
  if (problem !== undefined) {
    console.error(problem);
    process.exit(1);
  }
  load()
    .then((module) => module.main(process.argv.slice(2)))
    .then(
      (code) => process.exit(code || 0),
      (error) => {
        console.error(error && error.name === 'LauncherError' ? `\n${error.message}` : error);
        process.exit(1);
      },
    );
}
