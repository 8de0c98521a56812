import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';

type Line = Readonly<Record<string, string>>;

/** The export of the positions shown, by the names of its head line: every figure to its last unit, all of one moment. Waits until all are known. */
export async function readCsv(page: Page): Promise<readonly Line[]> {
  let lines: readonly Line[] = [];
  await expect(async () => {
    lines = await readCsvOnce(page);
    expect(lines.filter(({ risk }) => risk === 'unknown').map(({ owner }) => owner)).toEqual([]);
  }).toPass({ timeout: 30_000 });
  return lines;
}

async function readCsvOnce(page: Page): Promise<readonly Line[]> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  const [heads = [], ...lines] = text
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((match) =>
        (match[1] ?? match[2] ?? '').replaceAll('""', '"'),
      ),
    );
  return lines.map((cells) => Object.fromEntries(heads.map((head, index) => [head, cells[index] ?? ''])));
}
