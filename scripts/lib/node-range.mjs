/**
 * Whether a Node version lies in an `engines` range of package.json.
 *
 * @param {string} version like '20.9.0'
 * @param {string} range like '^20.19.0 || >=22.12.0'
 * @returns {boolean | undefined} `undefined` for a range that is not understood: that is no yes
 * @example isNodeInRange('20.9.0', '^18 || >=20') // true
 */
export function isNodeInRange(version, range) {
  const have = version.split('.').map(Number);
  const alternatives = range.split('||').map((alternative) => parseAlternative(alternative.trim()));
  if (alternatives.some((comparators) => comparators === undefined)) return undefined;
  return alternatives.some((comparators) => comparators?.every((holds) => holds(have)));
}

/** @typedef {(version: number[]) => boolean} Comparator */

/** @param {string} text comparators that must all hold @returns {Comparator[] | undefined} */
function parseAlternative(text) {
  const words = text.replace(/(>=|<=|>|<|=|\^|~)\s+/g, '$1').split(/\s+/);
  const comparators = words.map(parseComparator);
  return comparators.includes(undefined) ? undefined : /** @type {Comparator[]} */ (comparators);
}

/** @param {string} word @returns {Comparator | undefined} */
function parseComparator(word) {
  if (word === '' || word === '*' || word === 'x') return () => true;
  const match = /^(>=|<=|>|<|=|\^|~)?v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?$/.exec(word);
  if (match === null) return undefined;
  const [, operator = '', ...parts] = match;
  const given = parts.filter((part) => part !== undefined && part !== 'x' && part !== '*').map(Number);
  const low = [given[0] ?? 0, given[1] ?? 0, given[2] ?? 0];
  const next = nextAfter(low, operator === '^' ? countFixed(low) : Math.min(given.length, operator === '~' ? 2 : 3));
  switch (operator) {
    case '>=':
      return (version) => compare(version, low) >= 0;
    case '<':
      return (version) => compare(version, low) < 0;
    case '>':
      return (version) => compare(version, next) >= 0;
    case '<=':
      return (version) => compare(version, next) < 0;
    default:
      return (version) => compare(version, low) >= 0 && compare(version, next) < 0;
  }
}

/** How many leading parts `^` holds fixed: up to the first that is not 0. @param {number[]} low */
const countFixed = (low) => (low[0] > 0 ? 1 : low[1] > 0 ? 2 : 3);

/** The first version that differs in the first `fixed` parts. @param {number[]} low @param {number} fixed */
const nextAfter = (low, fixed) => low.map((part, i) => (i < fixed - 1 ? part : i === fixed - 1 ? part + 1 : 0));

/** @param {number[]} a @param {number[]} b */
function compare(a, b) {
  for (let i = 0; i < 3; i += 1) {
    if (a[i] !== b[i]) return a[i] - b[i];
  }
  return 0;
}
