'use client';

import { useState } from 'react';
import type { PositionRow } from '@/lib/book/position-row';

/** Whether two rows say the same of one position but for the market: state, oracle answers (what-if applied) and what can be seen. */
function isSame(a: PositionRow, b: PositionRow): boolean {
  if (a.position !== b.position || a.whatIf !== b.whatIf || a.blind !== b.blind || a.prices.length !== b.prices.length)
    return false;
  return a.prices.every(({ answer }, index) => answer === b.prices[index]?.answer);
}

/** The row as long as neither the chain nor a what-if changes it: a tick of the market costs whoever computes from it nothing. */
export function useOracleRow(row: PositionRow): PositionRow {
  const [kept, setKept] = useState(row);
  if (kept === row || isSame(kept, row)) return kept;
  setKept(row);
  return row;
}
