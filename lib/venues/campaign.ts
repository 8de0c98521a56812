/** How large a random campaign against the contracts is, and of which seed: what its test files share. */
export interface Campaign {
  readonly seed: number;
  /** 1 is the size the campaign is meant to have; `npm test` may draw less of it, `npm run test:long` draws ten times as much. */
  readonly size: number;
  /** How many of `count` rounds are played, at least one: ⌈count · size⌉. */
  readonly rounds: (count: number) => number;
  /** What coverage is asked of a campaign that has `count` at size 1: ⌊count · size⌋, never more than `count` and never less than 1. */
  readonly atLeast: (count: number) => number;
  readonly timeoutMs: number;
}

const TIMEOUT_MS = 300_000;

/**
 * A campaign of this seed, or of `BALLAST_SEED`; of the size `BALLAST_CASES`, or of `sample`, which is what `npm test` has time for.
 *
 * @param defaults.seed of the cases that are drawn when none is named
 * @param defaults.sample share of the whole campaign in `npm test`; 1 unless the whole takes too long there
 * @throws RangeError when `BALLAST_SEED` or `BALLAST_CASES` is no number above 0
 * @example createCampaign({ seed: 7, sample: 1 / 4 }).rounds(14) // 4, and 140 under BALLAST_CASES=10
 */
export function createCampaign({ seed, sample = 1 }: { readonly seed: number; readonly sample?: number }): Campaign {
  const size = readNumber('BALLAST_CASES') ?? sample;
  return {
    seed: readNumber('BALLAST_SEED') ?? seed,
    size,
    rounds: (count) => Math.ceil(count * size),
    atLeast: (count) => Math.max(1, Math.floor(count * Math.min(1, size))),
    timeoutMs: TIMEOUT_MS * Math.max(1, size),
  };
}

function readNumber(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${name} is “${text}”: a number above 0 is expected.`);
  return value;
}
