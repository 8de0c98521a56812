import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { feeds } from './registry';

test('every folder is registered under its own name, and every entry says what it is', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(feeds).sort()).toEqual(folders.map(({ name }) => name).sort());
  for (const [id, feed] of Object.entries(feeds)) {
    expect(feed.id).toBe(id);
    expect(feed.name).not.toBe('');
    expect(['market', 'oracle']).toContain(feed.kind);
  }
});
