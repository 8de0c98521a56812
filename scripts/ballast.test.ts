import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const BOOK = `{"version":1,"prices":{"eth":"2000","usdc":"1"},"positions":[{"id":"p1","venue":"custom",
  "collateral":[{"asset":"eth","amount":"10","liquidationThreshold":"0.8"}],"debt":[{"asset":"usdc","amount":"12000"}]}]}`;

/** The program itself, as `npm run -s ballast` starts it. */
function run(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/ballast.ts', ...args], {
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('a book from standard input, results and messages apart, and the three exit codes', () => {
  const good = run(['evaluate', '-'], BOOK);
  // 10 · 2,000 · 0.8 / 12,000 = 1.333…; 12,000 / 8 = 1,500.
  expect(JSON.parse(good.stdout).positions[0]).toMatchObject({
    healthFactor: '1.333333333333333333',
    liquidationPrices: { eth: '1500' },
  });
  expect([good.status, good.stderr]).toEqual([0, '']);

  const bad = run(['evaluate', '-'], BOOK.replace('12000', '-1'));
  expect([bad.status, bad.stdout]).toEqual([1, '']);
  expect(bad.stderr).toContain('line 2');
  expect(run(['evaluate', 'there-is-no-such-file.json']).status).toBe(1);
  expect(run(['sell', '-'], BOOK).status).toBe(2);
}, 60_000);
