import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonScanner } from './scan-json';

/** The text in pieces that end at the given places. */
function cut(text: string, places: readonly number[]): readonly string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...ends].map((from, index) => text.slice(from, ends[index] ?? text.length));
}

function scan(pieces: readonly string[]) {
  const scanner = new JsonScanner('list');
  const found = pieces.flatMap((piece) => scanner.push(piece));
  scanner.end();
  return found;
}

/** A finder of places that knows nothing of the scanner: it counts line breaks before an offset. */
function placeOf(text: string, offset: number) {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

const texts = fc
  .record({ head: fc.jsonValue(), list: fc.array(fc.jsonValue(), { maxLength: 6 }), tail: fc.jsonValue() })
  .chain((value) => fc.constantFrom(0, 1, 2).map((indent) => JSON.stringify(value, null, indent)));

test('however the text is cut, it gives each member and each element whole and in its place', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.nat(), { maxLength: 20 }), (text, places) => {
      const { head, list, tail } = JSON.parse(text);
      const found = scan(cut(text, places));
      const elements = found.filter(({ index }) => index !== undefined);
      expect(elements.map((value) => JSON.parse(value.text))).toEqual(list);
      expect(elements.map(({ index }) => index)).toEqual([...list.keys()]);
      const members = found.filter(({ index }) => index === undefined);
      expect(members.map(({ key, text: value }) => [key, JSON.parse(value)])).toEqual([
        ['head', head],
        ['tail', tail],
      ]);
      let from = 0;
      for (const value of found) {
        const { line, column } = value.place;
        const rest = text
          .split('\n')
          .slice(line - 1)
          .join('\n')
          .slice(column - 1);
        expect(rest.startsWith(value.text)).toBe(true);
        const offset = text.length - rest.length;
        expect(offset).toBeGreaterThanOrEqual(from);
        expect(placeOf(text, offset)).toEqual(value.place);
        from = offset + value.text.length;
      }
    }),
  );
});

test('what JSON.parse refuses between values is refused, character by character too', () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.constantFrom(',', ':', '}', ']', '{', 'x'), (text, at, extra) => {
      const place = at % (text.length + 1);
      const spoilt = text.slice(0, place) + extra + text.slice(place);
      const isJson = (candidate: string): boolean => {
        try {
          JSON.parse(candidate);
          return true;
        } catch {
          return false;
        }
      };
      const isScanned = (pieces: readonly string[]): boolean => {
        try {
          return scan(pieces).every((value) => isJson(value.text));
        } catch {
          return false;
        }
      };
      // Values are JSON.parse's to judge; what it takes as a whole, the scanner and it take together, but for a key that stands twice.
      if (isJson(spoilt) && Object.keys(JSON.parse(spoilt)).length === 3) expect(isScanned([spoilt])).toBe(true);
      if (!isJson(spoilt)) expect(isScanned([...spoilt])).toBe(false);
    }),
  );
});

test.each([
  ['', 'line 1, column 1: this is not JSON (the text ends before the book does)'],
  ['[1]', 'line 1, column 1: this is not JSON (a book is one JSON object, beginning with {)'],
  ['{"a":1,\n  "a":2}', 'line 2, column 5: this is not JSON ("a" stands twice)'],
  ['{"a":1}\n{', 'line 2, column 1: this is not JSON (nothing may follow the book)'],
  ['{"list":[1,\n,2]}', 'line 2, column 1: this is not JSON (a value is expected)'],
  ['{"list":[1}', 'line 1, column 11: this is not JSON (a comma or ] is expected)'],
  ['{"list":[1]', 'line 1, column 12: this is not JSON (the text ends before the book does)'],
])('%s', (text, message) => {
  expect(() => scan([text])).toThrow(message);
  expect(() => scan([...text])).toThrow(message);
});
