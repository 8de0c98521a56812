import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { benchmarks } from './registry';

test('every benchmark in this folder is registered once, under the name of its file', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const found = readdirSync(folder).filter(
    (file) => file.endsWith('.ts') && /export const \w+: Benchmark = /.test(readFileSync(`${folder}${file}`, 'utf8')),
  );
  const toFile = (name: string) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
  expect(benchmarks.map(({ name }) => toFile(name)).sort()).toEqual(found.sort());
});
