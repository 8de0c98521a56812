import type { Aim, Figure } from './benchmark';

/** `≤ 2.5`, `≥ 50`; empty without an aim. */
const formatAim = (aim: Aim | undefined): string =>
  aim === undefined ? '' : 'atMost' in aim ? `≤ ${aim.atMost}` : `≥ ${aim.atLeast}`;

/** Whether the figure reaches its aim; `undefined` where there is none. */
export function isAimMet({ value, aim }: Figure): boolean | undefined {
  if (aim === undefined) return undefined;
  return 'atMost' in aim ? value <= aim.atMost : value >= aim.atLeast;
}

/** Three significant digits, whole from 100 on: `formatValue(1.2345)` is "1.23", `formatValue(12_345.6)` is "12,346". */
export function formatValue(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return `${Number(value.toPrecision(3))}`;
}

/** A line for each figure that does not reach its aim: "MISSED  reads.10000.seconds  2.7 s, aim ≤ 2.5"; none where all do. */
export const listMissed = (figures: readonly Figure[]): readonly string[] =>
  figures
    .filter((figure) => isAimMet(figure) === false)
    .map(({ id, value, unit, aim }) => `MISSED  ${id}  ${formatValue(value)} ${unit}, aim ${formatAim(aim)}`);

/**
 * Figures as a table for people: id, value, unit, aim, whether it is met, and the note below each.
 * Columns are as wide as their longest entry; values are right-aligned.
 */
export function formatTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const met = isAimMet(figure);
    return {
      cells: [
        figure.id,
        formatValue(figure.value),
        figure.unit,
        formatAim(figure.aim),
        met === undefined ? '' : met ? 'met' : 'MISSED',
      ],
      note: figure.note,
    };
  });
  const all = [['figure', 'value', 'unit', 'aim', ''], ...rows.map(({ cells }) => cells)];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((cells) => (cells[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [
    line(all[0] ?? []),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...rows.flatMap(({ cells, note }) => [line(cells), ...(note === '' ? [] : [`    ${note}`])]),
  ].join('\n');
}
