import { expect, test } from 'vitest';
import { createDraft } from '@/lib/triggers/form/trigger-draft';
import { keepDraft, readKeptDraft } from './kept-draft';

function createStorage() {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  };
}
const kept = { base: createDraft('UTC'), draft: { ...createDraft('UTC'), name: 'half typed' } };

test('a draft comes back to its own form until it is let go', () => {
  const storage = createStorage();
  keepDraft(storage, 'a', kept);
  expect(readKeptDraft(storage, 'a')).toEqual(kept);
  expect(readKeptDraft(storage, 'b')).toBeUndefined();
  keepDraft(storage, 'a');
  expect(storage.texts.size).toBe(0);
});

test('what this version does not read is none', () => {
  const storage = createStorage();
  keepDraft(storage, 'a', kept);
  const [[key, text] = ['', '']] = [...storage.texts];
  for (const other of ['{', 'null', text.replace('"version":1', '"version":2'), text.replace('"warning"', '"loud"')]) {
    storage.texts.set(key, other);
    expect(readKeptDraft(storage, 'a')).toBeUndefined();
  }
});

test('a browser that refuses storage keeps nothing and breaks nothing', () => {
  const refuse = () => {
    throw new DOMException('refused', 'SecurityError');
  };
  expect(() => keepDraft({ setItem: refuse, removeItem: refuse }, 'a', kept)).not.toThrow();
  expect(readKeptDraft({ getItem: refuse }, 'a')).toBeUndefined();
});
