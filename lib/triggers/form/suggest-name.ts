const LONGEST = 100;
const OPENING = /^Warn me when (the )?/;

/**
 * A name from a trigger's sentence: its conditions alone, at most 100 characters.
 * "Warn me when the health factor of Aave v3 of Alice is below 1.25, for 1 min." gives "Health factor of Aave v3 of Alice is below 1.25".
 */
export function suggestName(sentence: string): string {
  const bare = sentence.replace(OPENING, '').replace(/(, (for|in) .*|; at most .*)?\.$/, '');
  const name = bare.charAt(0).toUpperCase() + bare.slice(1);
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 1).trimEnd()}…`;
}
