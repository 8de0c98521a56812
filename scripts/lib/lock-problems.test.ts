import { describe, expect, it } from 'vitest';
import { findEngineProblems, findForeignRegistries, findMissingPlatforms } from './lock-problems.mjs';

const versions = { minimum: '20.9.0', minimumForTests: '20.19.0' };

describe('findMissingPlatforms', () => {
  it('names a platform package that the lockfile lacks', () => {
    const problems = findMissingPlatforms({
      'node_modules/next': { optionalDependencies: { '@next/swc-darwin-arm64': '1', '@next/swc-linux-x64-gnu': '1' } },
      'node_modules/@next/swc-linux-x64-gnu': {},
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('@next/swc-darwin-arm64');
  });

  it('finds nested and hoisted ones, as Node would', () => {
    const packages = {
      'node_modules/a/node_modules/b': { optionalDependencies: { c: '1', d: '1', e: '1' } },
      'node_modules/c': {},
      'node_modules/a/node_modules/d': {},
      'node_modules/a/node_modules/b/node_modules/e': {},
    };
    expect(findMissingPlatforms(packages)).toEqual([]);
  });
});

describe('findEngineProblems', () => {
  it('holds packages of the product to the minimum and tools to theirs', () => {
    const engines = { node: '>=20.12' };
    expect(findEngineProblems({ 'node_modules/a': { engines } }, versions)).toHaveLength(1);
    expect(findEngineProblems({ 'node_modules/a': { engines, dev: true } }, versions)).toEqual([]);
    expect(findEngineProblems({ 'node_modules/a': { engines: { node: '>=22' }, dev: true } }, versions)).toHaveLength(
      1,
    );
    expect(findEngineProblems({ 'node_modules/a': { engines, optional: true } }, versions)).toEqual([]);
    expect(findEngineProblems({ 'node_modules/a': { engines: { node: 'nonsense' } } }, versions)).toHaveLength(1);
  });
});

describe('findForeignRegistries', () => {
  it('names every address', () => {
    const problems = findForeignRegistries({
      'node_modules/a': { resolved: 'file:a' },
      'node_modules/b': { resolved: 'https://packages.example/b/-/b-1.0.0.tgz' },
      'node_modules/c': {},
    });
    expect(problems).toEqual(['b would be fetched from packages.example']);
  });
});
