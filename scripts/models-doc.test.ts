import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatEvaluation } from '../lib/interchange/format-evaluation';
import { formatOutcome } from '../lib/interchange/format-outcome';
import { parseBookJson } from '../lib/interchange/parse-book';
import { venueModels } from '../lib/venues/models';

/** An example as docs/models.md writes it: a position at prices, what `evaluate` says, and what `outcome` says at other prices. */
interface Example {
  readonly prices: Readonly<Record<string, string>>;
  readonly position: { readonly venue: string };
  readonly evaluate: object;
  readonly outcomeAt: Readonly<Record<string, string>>;
  readonly outcome: object;
}

const page = readFileSync('docs/models.md', 'utf8');

/** The page's sections by the key in their heading: "## Aave v3 · `aave-v3`". */
const sections = new Map(
  page.split(/^## /m).flatMap((section) => {
    const key = /^[^\n]*`([\w-]+)`\n/.exec(section)?.[1];
    return key === undefined ? [] : [[key, section] as const];
  }),
);

function readExample(section: string): Example {
  const text = /```json\n([\s\S]*?)```/.exec(section)?.[1];
  if (text === undefined) throw new Error('The section has no example.');
  return JSON.parse(text);
}

/** The one position of an example, at its prices with some put in their place. */
function readBook({ prices, position }: Example, others: Example['outcomeAt'] = {}) {
  const book = parseBookJson(JSON.stringify({ version: 1, prices: { ...prices, ...others }, positions: [position] }));
  const [only] = book.positions;
  if (!only) throw new Error('The example has no position.');
  return [only, book.prices] as const;
}

test('docs/models.md has a section for every venue, and for no other', () => {
  expect([...sections.keys()].sort()).toEqual(Object.keys(venueModels).sort());
});

describe.each(Object.keys(venueModels))('docs/models.md on %s', (venue) => {
  const section = sections.get(venue) ?? '';

  test('says what is asked of every venue, and where it breaks', () => {
    const { axes } = venueModels[venue as keyof typeof venueModels];
    for (const part of ['| health', '| outcome', '| bad debt', '| axes |', '| source', 'reaks']) {
      expect(section).toContain(part);
    }
    expect(section).toMatch(new RegExp(`\\| axes \\| ${axes.collaterals}\\b[^·]*· ${axes.debts}\\b`));
  });

  test('its example is what the engine says', () => {
    const example = readExample(section);
    expect(example.position.venue).toBe(venue);
    expect(formatEvaluation(...readBook(example))).toMatchObject(example.evaluate);
    expect(formatOutcome(...readBook(example, example.outcomeAt))).toMatchObject(example.outcome);
  });
});
