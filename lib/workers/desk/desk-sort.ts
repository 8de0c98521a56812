/** Columns of the desk's table by which it sorts. */
export const DESK_COLUMNS = ['id', 'venue', 'owner', 'counterparty', 'collateral', 'debt', 'health', 'drop'] as const;
export type DeskColumn = (typeof DESK_COLUMNS)[number];

export interface DeskSort {
  readonly column: DeskColumn;
  readonly descending: boolean;
}
