/**
 * What a pure room must not reach for, since a clock, chance, storage and the network are arguments there. Imports are dependency-cruiser's business;
 * these need none.
 */
const IMPURE = [
  [/\bDate\.now\b/, 'Date.now'],
  [/\bnew Date\(\s*\)/, 'new Date()'],
  [/\bMath\.random\b/, 'Math.random'],
  [/\bperformance\.now\b/, 'performance.now'],
  [/\bcrypto\.(randomUUID|getRandomValues)\b/, 'crypto'],
  [/\b(localStorage|sessionStorage|indexedDB)\b/, 'storage'],
  [/(?<![.\w])fetch\(/, 'fetch'],
  [/\bprocess\.(env|hrtime|argv)\b/, 'process'],
  [/(?<![.\w])(setTimeout|setInterval|requestAnimationFrame)\(/, 'timers'],
  [/(?<![.\w])(window|document)\./, 'the page'],
];

/**
 * @param {string} source TypeScript
 * @returns {{ line: number, what: string }[]}
 * @example findImpurities('const now = Date.now();') // [{ line: 1, what: 'Date.now' }]
 */
export function findImpurities(source) {
  return blankComments(source)
    .split('\n')
    .flatMap((text, index) =>
      IMPURE.filter(([pattern]) => /** @type {RegExp} */ (pattern).test(text)).map(([, what]) => ({
        line: index + 1,
        what: String(what),
      })),
    );
}

/** Comments may speak of anything; strings are kept, and with them what looks like a comment inside. @param {string} source */
function blankComments(source) {
  return source.replace(
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (match, text) => text ?? match.replace(/[^\n]/g, ' '),
  );
}
