'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { LocalTime } from '@/components/alerts/local-time';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import type { DeadLetters } from '@/lib/alerts/dead-letters';
import { deadLettersOptions, reviveDelivery } from '@/lib/queries/channels-query';
import { useTask } from './use-task';

function DeadLetter({
  letter: { id, triggerName, sentence, channelName, attempts, settledAtMs, lastDetail },
  onRevived,
}: {
  readonly letter: DeadLetters['deliveries'][number];
  readonly onRevived: () => void;
}) {
  const { run, isBusy, problem } = useTask();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-2 last:border-0">
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-medium">{triggerName}</span> <span className="text-faint">to {channelName}</span>
        </p>
        <p className="text-muted">{sentence}</p>
        <p className="text-liquidatable">
          Given up after {attempts === 1 ? '1 attempt' : `${attempts} attempts`}
          {settledAtMs !== null && (
            <>
              , <LocalTime atMs={settledAtMs} />
            </>
          )}
          {lastDetail && `: ${lastDetail}`}
        </p>
        {problem && <p role="alert">Not sent again: {problem}</p>}
      </div>
      <Button disabled={isBusy} onClick={() => void run(() => reviveDelivery(id)).then((done) => done && onRevived())}>
        Send again
      </Button>
    </li>
  );
}

/** Messages that were given up; nothing is shown while there is none. */
export function DeadLettersPanel() {
  const { data, error, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(deadLettersOptions());
  const letters = data?.pages.flatMap(({ deliveries }) => deliveries) ?? [];
  if (letters.length === 0 && !error) return null;
  return (
    <Panel
      title="Messages that were given up"
      detail="the channel has not got them; others may have"
      className="lg:col-span-2"
    >
      <div className="text-[13px]">
        {error && (
          <p role="alert" className="text-liquidatable">
            They cannot be read: {error.message}{' '}
            <button type="button" className="underline" onClick={() => void refetch()}>
              Try again
            </button>
          </p>
        )}
        <ul>
          {letters.map((letter) => (
            <DeadLetter key={letter.id} onRevived={() => void refetch()} {...{ letter }} />
          ))}
        </ul>
        {hasNextPage && <Button onClick={() => void fetchNextPage()}>Older ones</Button>}
      </div>
    </Panel>
  );
}
