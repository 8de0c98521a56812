import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';

const PROGRAM = 'scripts/ballast.mjs';
const LEGS = `"collateral":[{"asset":"eth","amount":"10","liquidationThreshold":"0.8"}],"debt":[{"asset":"usdc","amount":"12000"}]`;
const formatBook = (ids: readonly string[]): string =>
  `{"version":1,"prices":{"eth":"2000","usdc":"1"},"positions":[${ids
    .map((id) => `{"id":"${id}","venue":"custom",\n  ${LEGS}}`)
    .join(',')}]}`;
const BOOK = formatBook(['p1']);

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-test-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The program itself, as `npm run -s ballast` starts it. */
function run(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { input, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Gives a book through a pipe, piece by piece. Its temporary files go to `folder`. */
async function runInPieces(pieces: readonly Uint8Array[]) {
  const child = spawn(process.execPath, [PROGRAM, 'evaluate', '-'], { env: { ...process.env, TMPDIR: folder } });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for (const piece of pieces) {
    child.stdin.write(piece);
    await sleep(20);
  }
  child.stdin.end();
  return { status: await ended, stdout };
}

test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'ended by %s while the book comes in, it leaves no copy of it',
  async (signal) => {
    const child = spawn(process.execPath, [PROGRAM, 'evaluate', '-'], { env: { ...process.env, TMPDIR: folder } });
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, by) => resolve(by)));
    child.stdin.write(BOOK.slice(0, 40));
    const listCopies = () => readdirSync(folder).filter((name) => name.startsWith('ballast-'));
    // The copy is there before the signal, or its removal would show nothing.
    for (let waits = 0; listCopies().length === 0 && waits < 400; waits += 1) await sleep(50);
    expect(listCopies()).toHaveLength(1);
    child.kill(signal);
    expect(await ended).toBe(signal);
    expect(listCopies()).toEqual([]);
  },
  60_000,
);

test('npm runs what is tested here', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).scripts.ballast).toBe(`node ${PROGRAM}`);
});

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

test('two at once, each with a book that comes in pieces, cut within a character too', async () => {
  const bytes = new TextEncoder().encode(formatBook(['Zürich', 'p2']));
  // "ü" is two bytes; the first cut goes between them.
  const inCharacter = bytes.indexOf(0xc3) + 1;
  const pieces = [bytes.subarray(0, inCharacter), bytes.subarray(inCharacter, -3), bytes.subarray(-3)];
  const both = await Promise.all([runInPieces(pieces), runInPieces(pieces)]);
  for (const { status, stdout } of both) {
    expect(status).toBe(0);
    expect(JSON.parse(stdout).positions.map(({ id }: { id: string }) => id)).toEqual(['Zürich', 'p2']);
  }
  expect(readdirSync(folder)).toEqual([]);
}, 60_000);

test.skipIf(process.platform === 'win32')(
  'a reader that goes away ends it well, and leaves no file behind',
  () => {
    const book = join(folder, 'book.json');
    // Some 350 kB of results: more than a pipe takes at once.
    writeFileSync(book, formatBook(Array.from({ length: 1_000 }, (_, index) => `p${index}`)));
    const spool = mkdtempSync(join(folder, 'spool-'));
    const pipeline = `{ "${process.execPath}" ${PROGRAM} evaluate - < "${book}"; echo "exit $?" >&2; } | head -1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', pipeline], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: spool },
    });
    expect([stdout, stderr]).toEqual(['{"version":1,"positions":[\n', 'exit 0\n']);
    expect(readdirSync(spool)).toEqual([]);
  },
  60_000,
);
