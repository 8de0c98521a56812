import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PARAMETER_COLUMNS } from '@/lib/interchange/csv-columns';
import { formatEvaluation } from '@/lib/interchange/format-evaluation';
import { parseBookJson } from '@/lib/interchange/parse-book';
import { venueModels } from '@/lib/venues/models';

const PAGE = readFileSync('docs/book-format.md', 'utf8');

test('the example is a book', () => {
  const [, json = ''] = /```json\n(.*?)```/s.exec(PAGE) ?? [];
  const { positions, prices } = parseBookJson(json);
  // (5 · 3,000 · 0.83 + 0.15 · 90,000 · 0.78) / 18,000 = 22,980 / 18,000
  expect(positions.map((each) => formatEvaluation(each, prices, 4).healthFactor)).toEqual(['1.2766']);
});

test('it names every venue and every parameter of a leg', () => {
  for (const venue of Object.keys(venueModels)) expect(PAGE).toContain(`\`${venue}\``);
  for (const parameter of Object.values(PARAMETER_COLUMNS)) expect(PAGE).toContain(`\`${parameter}\``);
});
