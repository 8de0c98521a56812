'use client';

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/lib/format/format-number';
import type { ImportState } from './use-import';

/** So many faults are listed; the count says how many there are. */
const LISTED = 50;

/** What became of the last file: why it was not taken, or what of it was left out. */
export function ImportNotices({ state }: { readonly state: ImportState }) {
  const { problem, leftOut } = state;
  return (
    <div role="status" className="grid gap-2 empty:hidden">
      {problem && (
        <Notice
          title={`“${problem.name}” was not taken in`}
          actions={
            <>
              {problem.csv !== undefined && (
                <Button onClick={() => state.takeGoodRows(problem)}>Take the good rows</Button>
              )}
              <Button kind="quiet" onClick={state.dismiss}>
                Dismiss
              </Button>
            </>
          }
        >
          <p className="break-words">{problem.message}</p>
          {problem.csv === undefined
            ? 'Nothing of it was taken; what was there before is unchanged.'
            : 'Nothing of it was taken. With the good rows, every position that has a bad row is left out as a whole: without one of its debts it would look safer than it is.'}
        </Notice>
      )}
      {leftOut && (
        <Notice
          title={`${formatNumber(leftOut.positions.length, 0)} positions of “${leftOut.name}” were left out`}
          details={leftOut.positions
            .slice(0, LISTED)
            .map(({ id, fault }) => `${id}: ${fault}`)
            .join('\n')}
          actions={
            <Button kind="quiet" onClick={state.dismiss}>
              Dismiss
            </Button>
          }
        >
          Figures below are of the rest.
        </Notice>
      )}
    </div>
  );
}
