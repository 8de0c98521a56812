/** Rows under their heads, columns as wide as their widest cell, two spaces between: for people. */
export function formatTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  // One by one: as arguments of one call, a million rows would be more than a call takes.
  const widths = heads.map((head, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), head.length),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(heads), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}
