import { expect, type Locator, type Page } from '@playwright/test';

/** What one cell of the table says: its text, and the exact values it gives on hover. */
export interface TableCell {
  readonly text: string;
  readonly titles: readonly string[];
}

/** One position of the table by the heads of its columns, read at one moment together with all others. */
export interface TableLine {
  readonly id: string;
  readonly owner: string;
  readonly cells: Readonly<Record<string, TableCell>>;
}

/** The table of positions, on a wide screen. */
export const positionsTable = (page: Page): Locator => page.getByRole('table', { name: 'Positions' });

/** The row of the owner of that name; of its first position where it has several. */
export const rowOf = (page: Page, owner: string): Locator =>
  positionsTable(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name: owner, exact: true }) })
    .first();

/** The link that opens a row. */
export const rowLink = (page: Page, owner: string): Locator => rowOf(page, owner).getByRole('link');

/** Every line of the table, all read in one go, so that they belong to one drawing of it. */
export async function readTable(page: Page): Promise<readonly TableLine[]> {
  return positionsTable(page).evaluate((element) => {
    const table = element as HTMLTableElement;
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.innerText.trim());
    return [...table.tBodies].flatMap((body) =>
      [...body.rows].flatMap((row) => {
        const link = row.querySelector('a');
        if (!link) return [];
        const id = new URL(link.href).pathname.split('/').at(-1) ?? '';
        const cells = [...row.cells].map((cell, index) => {
          const titled = [...cell.querySelectorAll('[title]')];
          return [
            heads[index] ?? '',
            { text: cell.innerText.trim(), titles: titled.map((part) => part.getAttribute('title') ?? '') },
          ] as const;
        });
        return [{ id: decodeURIComponent(id), owner: link.innerText.trim(), cells: Object.fromEntries(cells) }];
      }),
    );
  });
}

/** The line of that owner; fails when there is none. */
export function lineOf(lines: readonly TableLine[], owner: string): TableLine {
  const line = lines.find((candidate) => candidate.owner === owner);
  if (line === undefined) throw new Error(`No row of ${owner} among ${lines.map((other) => other.owner).join(', ')}`);
  return line;
}

/** The risk class of each line, without the words that explain it. */
export const riskOf = (line: TableLine): string => /^[a-z]+/.exec(line.cells.Risk?.text ?? '')?.[0] ?? '';

/** A health factor to its last unit (18 decimals): the exact value the cell gives on hover. `undefined` where there is none. */
export function exactHealthFactor(line: TableLine): bigint | undefined {
  const cell = line.cells['Health factor'];
  const digits = /^([\d,]+)(?:\.(\d+))?/.exec(cell?.titles[0] ?? '') ?? /^([\d,]+)(?:\.(\d+))?/.exec(cell?.text ?? '');
  if (digits?.[1] === undefined) return undefined;
  return BigInt(digits[1].replaceAll(',', '') + (digits[2] ?? '').padEnd(18, '0'));
}

/** The table once every row has its figures: a page that is still reading, on a machine that is busy, has none yet. */
export async function readKnownTable(page: Page): Promise<readonly TableLine[]> {
  let lines: readonly TableLine[] = [];
  await expect(async () => {
    lines = await readTable(page);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => riskOf(line) === 'unknown').map(({ owner }) => owner)).toEqual([]);
  }).toPass({ timeout: 30_000 });
  return lines;
}
