'use client';

import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { Button, buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { Skeleton } from '@/components/ui/skeleton';
import { Tag } from '@/components/ui/tag';
import { logViewParsers } from '@/lib/stores/log-view-state';
import { LogList } from './log-list';
import { PauseControl } from './pause-control';
import { useFiringLog } from './use-firing-log';
import { useWatchWords } from './use-watch-words';

const FILTERS = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'Open' },
] as const;

function Header() {
  const { tone, word, meaning } = useWatchWords();
  return (
    <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="font-semibold text-[18px] leading-6 tracking-tight">Alert log</h1>
      <Tag tone={tone} title={meaning}>
        {word}
      </Tag>
      <span className="flex-1" />
      <Link href="/triggers" prefetch={false} className={buttonClass()}>
        Triggers
      </Link>
      <PauseControl />
    </header>
  );
}

/** Every firing with the values that caused it, newest first. */
export function LogScreen() {
  const [{ open, trigger }, setView] = useQueryStates(logViewParsers, { history: 'replace', shallow: true });
  const filter = { unacknowledged: open, trigger: trigger ?? undefined };
  const { firings, error, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useFiringLog(filter);
  const name = trigger === null ? undefined : (firings?.[0]?.triggerName ?? trigger);
  return (
    <div className="mx-auto max-w-[1180px]">
      <Header />
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <SegmentedControl
          label="Which alerts"
          value={open ? 'open' : 'all'}
          options={FILTERS}
          onChange={(value) => void setView({ open: value === 'open' })}
        />
        {name !== undefined && (
          <Button onClick={() => void setView({ trigger: null })}>Only “{name}” · show all triggers</Button>
        )}
      </div>
      {error && (
        <div role="alert" className="mb-3">
          <Notice
            tone="liquidatable"
            title="The log cannot be read"
            actions={<Button onClick={() => void refetch()}>Try again</Button>}
          >
            {error.message} {firings ? 'What stands below is as it was read last.' : ''}
          </Notice>
        </div>
      )}
      {firings && firings.length > 0 && <LogList firings={firings} />}
      {!firings && !error && (
        <div aria-hidden="true" className="grid gap-2">
          {[0, 1, 2, 3].map((row) => (
            <Skeleton key={row} className="h-12" />
          ))}
        </div>
      )}
      {firings?.length === 0 && (
        <EmptyState
          title={open ? 'No open alert' : 'Nothing has fired yet'}
          action={
            <Link href="/triggers" prefetch={false} className={buttonClass('primary')}>
              {open ? 'See the triggers' : 'Set a trigger'}
            </Link>
          }
        >
          {open
            ? 'Everything that fired was acknowledged by somebody.'
            : 'Each firing stands here with the values that caused it, and what became of its messages.'}
        </EmptyState>
      )}
      {hasNextPage && (
        <p className="mt-3 text-center">
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchingNextPage ? 'Reading…' : 'Older alerts'}
          </Button>
        </p>
      )}
    </div>
  );
}
