import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNodeInRange } from './node-range.mjs';
import { describeNodeProblem, MINIMUM_NODE, MINIMUM_NODE_FOR_TESTS } from './node-version.mjs';
import { ROOT } from './project.mjs';

describe('describeNodeProblem', () => {
  it.each(['8.17.0', '18.20.4', '20.8.9', '20.0.0'])('refuses %s and says what is needed', (version) => {
    const problem = describeNodeProblem(version, '20.9.0');
    expect(problem).toContain('20.9.0');
    expect(problem).toContain(version);
  });

  it.each(['20.9.0', '20.9.1', '20.20.2', '21.0.0', '22.1.0', '100.0.0'])('takes %s', (version) => {
    expect(describeNodeProblem(version, '20.9.0')).toBeUndefined();
  });

  it('promises what package.json promises', () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe(`>=${MINIMUM_NODE}`);
    expect(isNodeInRange(MINIMUM_NODE_FOR_TESTS, engines.node)).toBe(true);
  });
});

describe('isNodeInRange', () => {
  it.each([
    ['20.9.0', '>=18', true],
    ['20.9.0', '>= 20.9.0', true],
    ['20.9.0', '>=20.10', false],
    ['20.9.0', '^20.19.0 || >=22.12.0', false],
    ['20.19.0', '^20.19.0 || >=22.12.0', true],
    ['21.0.0', '^20.19.0 || >=22.12.0', false],
    ['22.12.0', '^20.19.0||>=22.12.0', true],
    ['20.9.0', '20 || >=22', true],
    ['20.9.0', '20.9', true],
    ['20.10.0', '20.9', false],
    ['20.9.0', '~20.8.0', false],
    ['20.9.0', '>=16 <20', false],
    ['20.9.0', '>=16 <=20', true],
    ['20.9.0', '>20', false],
    ['20.9.0', '6.* || 8.* || >= 10.*', true],
    ['20.9.0', '*', true],
  ])('%s in %s: %s', (version, range, expected) => {
    expect(isNodeInRange(version, range)).toBe(expected);
  });

  it('does not take for a yes what it cannot read', () => {
    expect(isNodeInRange('20.9.0', 'latest')).toBeUndefined();
    expect(isNodeInRange('20.9.0', '18 - 20')).toBeUndefined();
  });
});
