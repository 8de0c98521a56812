'use client';

import { useSearchParams } from 'next/navigation';
import { memo, useCallback, useMemo } from 'react';
import { type Reading, useLiveContext } from '@/components/frame/live-context';
import { useOpenWatch } from '@/components/frame/use-open-watch';
import { useAccounts, useView } from '@/components/frame/use-view';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { parseAddress } from '@/lib/domain/asset';
import { InvalidInputError } from '@/lib/domain/errors';
import { formatAddress } from '@/lib/format/format-address';
import { filterRows } from './arrange-rows';
import { isAffected } from './is-affected';
import { PositionsTable } from './positions-table';
import { ShockBar } from './shock-bar';
import { BookStripView } from './strip';
import { TableSkeleton } from './table-skeleton';
import { Toolbar } from './toolbar';
import { useBook } from './use-book';

/** Of a text that is no address so much is repeated. */
const SHOWN_TEXT = 80;

/** Why a text of the link is no address, with the text itself. */
function explainAddress(text: string): string {
  try {
    return parseAddress(text.slice(0, SHOWN_TEXT));
  } catch (cause) {
    if (!(cause instanceof InvalidInputError)) throw cause;
    return cause.message;
  }
}

/** What could not be read or understood of those asked for, each said on its own. */
const AccountNotices = memo(function AccountNotices({ result }: { readonly result: Reading['result'] | undefined }) {
  const { config } = useLiveContext();
  const { shown, invalid, leftOutCount, scope } = useAccounts();
  const [{ watch }, setView] = useView();
  const owners = new Map(result?.owners.map((owner) => [owner.owner, owner]) ?? []);
  const failed = shown.filter(({ address }) => owners.get(address)?.problem !== undefined);
  const problems = result?.problems ?? [];
  const without =
    scope === 'demo' || problems.length > 0
      ? []
      : shown.filter(({ address, kind }) => {
          const owner = owners.get(address);
          return kind !== 'demo' && owner && owner.positions.length === 0 && owner.problem === undefined;
        });

  return (
    <div className="grid gap-2 empty:hidden">
      {invalid.length > 0 && (
        <Notice
          title={
            invalid.length === 1
              ? 'The link names something that is no address'
              : 'The link names things that are no addresses'
          }
          actions={
            <Button onClick={() => void setView({ watch: watch.filter((text) => !invalid.includes(text)) })}>
              Leave {invalid.length === 1 ? 'it' : 'them'} out
            </Button>
          }
        >
          <ul>
            {invalid.map((text) => (
              <li key={text} className="break-all">
                {explainAddress(text)}
              </li>
            ))}
          </ul>
          Nothing is shown for {invalid.length === 1 ? 'it' : 'them'}.
        </Notice>
      )}
      {leftOutCount > 0 && (
        <Notice title={`${leftOutCount} more addresses than are read at once`}>Watch them in a second view.</Notice>
      )}
      {problems.length > 0 && (
        <Notice title="Not every venue or market could be read" details={problems.join('\n')}>
          Positions there are missing below, whoever they belong to; the totals are without them. If this stays, a
          contract or market id in the configuration is wrong.
        </Notice>
      )}
      {failed.map(({ address, label }) => (
        <Notice key={address} title={`Not all of ${label} could be read`} details={owners.get(address)?.problem}>
          Positions that could not be read are missing below; the totals are without them. Ballast reads again with the
          next block.
        </Notice>
      ))}
      {without.length > 0 && without.length < shown.length && (
        <Notice tone="accent" title={`No positions: ${without.map(({ label }) => label).join(', ')}`}>
          Nothing supplied as collateral or borrowed on {config.name}.
        </Notice>
      )}
    </div>
  );
});

/** Positions: the book at a glance, what-if, the table. */
export function PositionsScreen({ first }: { readonly first?: Reading | undefined }) {
  const { config, demoAccounts } = useLiveContext();
  const { shown, invalid } = useAccounts();
  const [{ filter, shock }, setView] = useView();
  const search = useSearchParams().toString();
  const openWatch = useOpenWatch();
  const { view, readings } = useBook(first);
  const { blind, result } = readings;

  const hrefOf = useCallback((id: string) => `/positions/${id}${search ? `?${search}` : ''}`, [search]);
  const rows = useMemo(() => filterRows(view.rows, filter), [view.rows, filter]);
  const entries = useMemo(
    () => rows.map((row) => ({ row, affected: isAffected([...row.collateral, ...row.debt], shock) })),
    [rows, shock],
  );
  const read = new Set(result?.owners.map(({ owner }) => owner));
  const allRead = shown.every(({ address }) => read.has(address));

  // What could not be read may be there: neither "none" nor a total of nothing is said of it.
  const someFailed = shown.some(({ address }) =>
    result?.owners.some(({ owner, problem }) => owner === address && problem !== undefined),
  );
  const unread = view.rows.length === 0 && (blind !== undefined || !allRead || someFailed);

  const watchButton = (
    <Button kind="primary" onClick={openWatch}>
      Watch an address
    </Button>
  );

  return (
    <>
      <h1 className="sr-only">Positions</h1>
      {blind && view.rows.length > 0 && (
        <div className="mb-3">
          <Notice tone="unknown" title="Figures are unknown">
            {blind.text} They come back by themselves.
          </Notice>
        </div>
      )}
      <BookStripView strip={view.strip} unread={unread} affected={view.whatIfActive} hrefOf={hrefOf} />
      <div className="my-2.5 flex flex-wrap items-center justify-between gap-2">
        <Toolbar rows={rows} />
        <ShockBar families={view.families} />
      </div>
      <AccountNotices result={result} />
      {view.rows.length > 0 ? (
        rows.length > 0 ? (
          <PositionsTable rows={entries} hrefOf={hrefOf} />
        ) : (
          <EmptyState
            title={`Nothing matches “${filter}”`}
            action={<Button onClick={() => void setView({ filter: null })}>Clear the filter</Button>}
          >
            The filter looks at owners, venues, markets, assets and risk classes.
          </EmptyState>
        )
      ) : shown.length === 0 ? (
        <EmptyState title={invalid.length > 0 ? 'No address to show' : 'Nobody is watched yet'} action={watchButton}>
          Here stand the lending positions of the addresses you watch on {config.name}. No wallet is needed.
        </EmptyState>
      ) : someFailed && !blind ? null : allRead && !blind ? (
        <EmptyState
          title={
            (result?.problems.length ?? 0) > 0
              ? 'No positions in what could be read'
              : shown.length === 1 && shown[0]
                ? `${shown[0].label} has no positions`
                : 'None of these addresses has positions'
          }
          action={
            <>
              {watchButton}
              {demoAccounts.length > 0 && (
                <Button onClick={() => void setView({ accounts: 'demo', watch: null })}>Show the demo accounts</Button>
              )}
            </>
          }
        >
          Nothing is supplied as collateral or borrowed on the venues read on {config.name}.{' '}
          {shown.length === 1 && shown[0] && <span className="mono">{formatAddress(shown[0].address)}</span>}
        </EmptyState>
      ) : (
        <>
          {blind && blind.code !== 'not-read-yet' && (
            <div className="mt-2">
              <Notice tone="unknown" title="No positions can be shown">
                {blind.text} Ballast keeps trying; nothing needs to be done here.
              </Notice>
            </div>
          )}
          <TableSkeleton />
        </>
      )}
    </>
  );
}
