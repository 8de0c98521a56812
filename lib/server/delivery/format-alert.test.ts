import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText, fitLines, formatAlertText, formatAlertTitle, formatLine } from './format-alert';
import { formatAlertHtml } from './format-alert-html';
import { makeMessage } from './testing/surroundings';

test('one line is one line', () => {
  expect(formatLine(' a\r\n\tb\u2028c\u202Ed\u0000e ')).toBe('a b c d e');
});

test('cutting never halves a character', () => {
  expect([cutText('abcdef', 6), cutText('abcdef', 4), cutText('😀😀', 3)]).toEqual(['abcdef', 'abc…', '😀…']);
});

test('the middle gives way first', () => {
  expect(fitLines(['head'], ['a', 'b'], ['foot'], 13)).toBe('head\na\nb\nfoot');
  // "head\na\n…\nfoot" has 13 characters too, so that one less leaves "…" alone.
  expect(fitLines(['head'], ['a', 'b'], ['foot'], 12)).toBe('head\n…\nfoot');
  expect(fitLines(['head'], ['a', 'b'], ['foot'], 9)).toBe('head\nfoot');
  expect(fitLines(['head'], ['a', 'b'], ['foot'], 6)).toBe('head\n…');
});

test('a test says that it is one', () => {
  expect(formatAlertTitle(makeMessage({ isTest: true, severity: 'info' }))).toBe('Test: Info: Margin is thin');
});

test('whatever the texts hold: within the length, no control characters, and nothing in the page but its own markup', () => {
  const mark = fc.constantFrom('<', '>', '"', "'", '&', '\r\n', '<b>', '</p>', '<a href="', '\u202e');
  const piece = fc.oneof(mark, fc.string({ unit: 'binary', maxLength: 20 }));
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, text, text, fc.integer({ min: 100, max: 5_000 }), (name, sentence, label, most) => {
      const message = makeMessage({
        triggerName: name,
        sentence,
        subject: label,
        values: [{ label, value: '1', text: name }],
      });
      const plain = formatAlertText(message, most);
      expect(plain.length).toBeLessThanOrEqual(most);
      expect(plain.replaceAll('\n', '')).not.toMatch(/[\p{C}\u2028\u2029]/u);
      const tags = formatAlertHtml(message).match(/<[^>]*>/g) ?? [];
      expect(
        tags.filter((tag) => !/^<(!doctype html|\/?(html|body|p|strong|br|a)( (style|href)="[^"<>]*")?)>$/.test(tag)),
      ).toEqual([]);
    }),
  );
});
