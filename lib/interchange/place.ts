/** Where something stands in a text: line and column from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export const START: Place = { line: 1, column: 1 };

export const formatPlace = ({ line, column }: Place): string => `line ${line}, column ${column}`;

/** The place of an offset within a text that itself begins at `start`. `movePlace(START, 'a\nbc', 3)` is line 2, column 2. */
export function movePlace(start: Place, text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  if (lastBreak < 0) return { line: start.line, column: start.column + offset };
  return { line: start.line + before.split('\n').length - 1, column: offset - lastBreak };
}
