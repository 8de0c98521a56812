import { expect, test } from 'vitest';
import { type KeyPress, resolveShortcut } from './shortcuts';

const press = (key: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlOrMeta: false,
  alt: false,
  typing: false,
  ...rest,
});

test('g then a letter goes somewhere, once', () => {
  const first = resolveShortcut(press('g'), false);
  expect(first).toEqual({ action: undefined, afterG: true });
  expect(resolveShortcut(press('e'), true)).toEqual({ action: 'go-settings', afterG: false });
  expect(resolveShortcut(press('r'), true)).toEqual({ action: 'go-risk', afterG: false });
  expect(resolveShortcut(press('t'), true)).toEqual({ action: 'go-triggers', afterG: false });
  expect(resolveShortcut(press('x'), true)).toEqual({ action: undefined, afterG: false });
  expect(resolveShortcut(press('p'), false).action).toBeUndefined();
});

test('typing keeps its letters; the palette opens from everywhere', () => {
  expect(resolveShortcut(press('j', { typing: true }), false).action).toBeUndefined();
  expect(resolveShortcut(press('0', { typing: true }), false).action).toBeUndefined();
  expect(resolveShortcut(press('K', { typing: true, ctrlOrMeta: true }), false).action).toBe('palette');
});

test('keys of the browser stay the browser’s', () => {
  expect(resolveShortcut(press('t', { ctrlOrMeta: true }), false).action).toBeUndefined();
  expect(resolveShortcut(press('[', { alt: true }), false).action).toBeUndefined();
  expect(resolveShortcut(press('['), false).action).toBe('shock-down');
});
