import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findAnvil } from './anvil';
import { AnvilError } from './devnet-error';

/** No package brings a binary. */
vi.mock('node:module', () => ({
  createRequire: () => ({
    resolve: (name: string) => {
      throw new Error(`Cannot find module '${name}'`);
    },
  }),
}));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ballast-anvil-'));
  vi.stubEnv('PATH', directory);
  vi.stubEnv('BALLAST_ANVIL', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

function readRefusal(): AnvilError {
  try {
    findAnvil();
  } catch (error) {
    if (error instanceof AnvilError) return error;
    throw error;
  }
  throw new Error('An anvil was found');
}

test('where neither a package nor PATH has an anvil, what is said names Foundry and how to install it', () => {
  const { code, message, detail } = readRefusal();
  expect(code).toBe('ANVIL_MISSING');
  expect(message).toContain(process.platform);
  expect(detail.nextStep).toMatch(/Foundry.*foundryup.*BALLAST_ANVIL/);
});

test('where BALLAST_ANVIL points nowhere, what is said names the file, the variable and Foundry', () => {
  const nowhere = join(directory, 'no-such-anvil');
  vi.stubEnv('BALLAST_ANVIL', nowhere);
  const { code, message, detail } = readRefusal();
  expect(code).toBe('ANVIL_MISSING');
  expect(message).toContain(nowhere);
  expect(detail.nextStep).toMatch(/BALLAST_ANVIL.*Foundry/);
});

test('one on PATH is found, and the one BALLAST_ANVIL names goes before it', () => {
  const name = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
  writeFileSync(join(directory, name), '');
  expect(findAnvil()).toBe(join(directory, name));
  const chosen = join(directory, 'chosen');
  writeFileSync(chosen, '');
  vi.stubEnv('BALLAST_ANVIL', chosen);
  expect(findAnvil()).toBe(chosen);
});
