import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuildGood } from './build.mjs';
import { matchesLock, readInstallProblem } from './install.mjs';
import { withLock } from './lock-file.mjs';
import { readSourceHash } from './source-hash.mjs';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ballast-test-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('readSourceHash', () => {
  it('changes with content, names and places of sources, and not with tests or the local chain', () => {
    write('app/page.tsx', 'a');
    const hashes = [readSourceHash(root)];
    const unchanged = hashes[0];
    write('app/page.test.tsx', 'a test');
    write('lib/devnet/anvil.ts', 'the chain');
    expect(readSourceHash(root)).toBe(unchanged);
    write('lib/units/fixed.ts', 'b');
    hashes.push(readSourceHash(root));
    write('lib/units/fixed.ts', 'c');
    hashes.push(readSourceHash(root));
    rmSync(join(root, 'lib'), { recursive: true });
    write('components/fixed.ts', 'c');
    hashes.push(readSourceHash(root));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('isBuildGood', () => {
  const record = (hash: string, buildId = 'one') => write('.ballast/build.json', JSON.stringify({ hash, buildId }));

  it('believes only the record of the build that is there, of these sources', () => {
    write('app/page.tsx', 'a');
    write('.next/BUILD_ID', 'one');
    const state = join(root, '.ballast');
    expect(isBuildGood(root, state)).toBe(false);
    record(readSourceHash(root));
    expect(isBuildGood(root, state)).toBe(true);
    write('app/page.tsx', 'b');
    expect(isBuildGood(root, state)).toBe(false);
    record(readSourceHash(root), 'two');
    expect(isBuildGood(root, state)).toBe(false);
    record(readSourceHash(root));
    rmSync(join(root, '.next'), { recursive: true });
    expect(isBuildGood(root, state)).toBe(false);
    write('.ballast/build.json', '{"hash":');
    expect(isBuildGood(root, state)).toBe(false);
  });
});

describe('readInstallProblem', () => {
  const packages = {
    '': {},
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  };

  it('asks for an install until node_modules is whole and of this lockfile', () => {
    write('package-lock.json', JSON.stringify({ packages }));
    expect(readInstallProblem(root)).toBeDefined();
    // An install that was cut off leaves packages, but neither npm's record nor ours.
    write('node_modules/a/package.json', '{}');
    expect(readInstallProblem(root)).toBeDefined();
    write('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }));
    expect(readInstallProblem(root)).toBeUndefined();
    write('node_modules/.ballast-install.json', JSON.stringify({ lock: 'another', platform: 'plan9-x64' }));
    expect(readInstallProblem(root)).toContain('plan9');
    rmSync(join(root, 'node_modules/.ballast-install.json'));
    write('package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.1' } } }));
    expect(readInstallProblem(root)).toBeDefined();
  });

  it('compares what npm recorded with the lockfile', () => {
    expect(matchesLock(packages, { 'node_modules/a': { version: '1.0.0' } })).toBe(true);
    expect(matchesLock(packages, { 'node_modules/a': { version: '1.0.1' } })).toBe(false);
    expect(matchesLock(packages, {})).toBe(false);
  });
});

describe('withLock', () => {
  const options = () => ({ directory: root, onWait: () => {} });

  it('lets one after the other in', async () => {
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} in`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      order.push(`${name} out`);
    };
    await Promise.all([withLock('x', options(), work('a')), withLock('x', options(), work('b'))]);
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out']);
  });

  it('is given back after a failure, and does not wait for the dead', async () => {
    await expect(withLock('x', options(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    // No process has this number: Linux and macOS stop below.
    write('x.lock', '99999999');
    expect(await withLock('x', options(), async () => 'in')).toBe('in');
  });
});
