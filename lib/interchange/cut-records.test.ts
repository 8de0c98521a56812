import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecordCutter } from './cut-records';

const cells = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '1'), maxLength: 6 });
const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

test('however the text is cut, the blocks are whole records, and say on which line they begin', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cells, cells), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 30 }),
      fc.boolean(),
      (rows, pieceLength, endsWithBreak) => {
        const text = rows.map((row) => row.map(quote).join(',')).join('\n') + (endsWithBreak ? '\n' : '');
        const cutter = new RecordCutter();
        const blocks = [];
        for (let at = 0; at < text.length; at += pieceLength)
          blocks.push(cutter.push(text.slice(at, at + pieceLength)));
        blocks.push(cutter.end());
        const found = blocks.flatMap((block) => (block ? [block] : []));
        expect(found.map((block) => block.text).join('')).toBe(text);
        expect(found.flatMap((block) => parse(block.text))).toEqual(rows);
        let line = 1;
        for (const block of found) {
          expect(block.firstLine).toBe(line);
          line += block.text.split('\n').length - 1;
        }
      },
    ),
  );
});
