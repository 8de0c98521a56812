/** Largest step a search takes from where the closed form stands: enough for any rounding, and an end for what is no rounding. */
const MOST_DOUBLINGS = 96;

interface EdgeSearch {
  /** Where the closed form stands, rounded. */
  readonly start: bigint;
  /** Highest amount there is. */
  readonly most: bigint;
  /** Holds from some amount on, upwards. */
  readonly holds: (amount: bigint) => boolean;
}

/** An amount at which it holds with one below at which it does not, from a start at which it holds; 0 where it holds of nothing too. */
function bracketBelow(start: bigint, holds: (amount: bigint) => boolean): { low: bigint; high: bigint } {
  let high = start;
  let step = 1n;
  while (high > 0n) {
    const low = high > step ? high - step : 0n;
    if (!holds(low)) return { low, high };
    high = low;
    step *= 2n;
  }
  return { low: -1n, high: 0n };
}

function bracketAbove({ start, most, holds }: EdgeSearch): { low: bigint; high: bigint } | undefined {
  let low = start;
  let step = 1n;
  for (let doubling = 0; doubling < MOST_DOUBLINGS && low < most; doubling += 1) {
    const high = low + step < most ? low + step : most;
    if (holds(high)) return { low, high };
    low = high;
    step *= 2n;
  }
  return undefined;
}

/**
 * The exact step behind a closed form: the least amount at which something holds that holds from some amount on, found from where the form
 * stands by doubled steps and halves: about as many tries as the rounding has bits. `undefined` where it does not hold up to `most`.
 *
 * Example: holds from 1,003 on, start 1,000: tries 1,001 and 1,003, then 1,002; the answer is 1,003.
 */
export function findLeastAmount({ start, most, holds }: EdgeSearch): bigint | undefined {
  const from = start < 0n ? 0n : start > most ? most : start;
  const bracket = holds(from) ? bracketBelow(from, holds) : bracketAbove({ start: from, most, holds });
  if (!bracket) return undefined;
  let { low, high } = bracket;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The mirror image: the most at which something holds that holds up to some amount; `undefined` where it does not even of nothing. */
export function findMostAmount({ start, most, holds }: EdgeSearch): bigint | undefined {
  if (!holds(0n)) return undefined;
  const first = findLeastAmount({
    start: start + 1n,
    most: most + 1n,
    holds: (amount) => amount > most || !holds(amount),
  });
  return first === undefined ? most : first - 1n;
}
