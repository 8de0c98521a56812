'use client';

import { type ReactNode, useState } from 'react';
import { LocalTime } from '@/components/alerts/local-time';
import { Button } from '@/components/ui/button';
import { Tag } from '@/components/ui/tag';
import type { ChannelTestResult, ListedChannel } from '@/lib/alerts/channel-list';
import { removeChannel, testChannel } from '@/lib/queries/channels-query';
import { useTask } from './use-task';

function Attempt({
  word,
  attempt,
}: {
  readonly word: string;
  readonly attempt: { readonly atMs: number; readonly detail: string } | null;
}) {
  if (!attempt) return <span className="text-faint">{word}: none yet</span>;
  return (
    <span className="text-muted">
      {word}: <LocalTime atMs={attempt.atMs} /> {attempt.detail && <span>· {attempt.detail}</span>}
    </span>
  );
}

const isFailing = ({ lastSuccess, lastFailure }: ListedChannel): boolean =>
  lastFailure !== null && lastFailure.atMs > (lastSuccess?.atMs ?? 0);

export interface ChannelRowProps {
  readonly channel: ListedChannel;
  readonly kindTitle: string;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
  /** What this page itself does for a test, where the kind is shown by a page. */
  readonly testHere: (() => void) | undefined;
}

/** One channel: how it fares, its test, and what can be done with it. */
export function ChannelRow({ channel, kindTitle, onEdit, onChanged, testHere }: ChannelRowProps) {
  const { id, version, name, lastSuccess, lastFailure } = channel;
  const [test, setTest] = useState<ChannelTestResult>();
  const [isAsking, setIsAsking] = useState(false);
  const { run, isBusy, problem } = useTask();
  const told: ReactNode = problem ? (
    <p role="alert" className="text-liquidatable">
      Not done: {problem}
    </p>
  ) : (
    test && (
      <p role="status" className={test.ok ? 'text-safe' : 'text-liquidatable'}>
        {test.ok ? 'Test sent: ' : 'Test failed: '}
        {test.detail}
      </p>
    )
  );
  return (
    <li className="grid gap-1 border-line border-b py-2 last:border-0">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{name}</span>
        <span className="text-faint">{kindTitle}</span>
        {isFailing(channel) && <Tag tone="liquidatable">last message failed</Tag>}
        <span className="flex-1" />
        <Button
          disabled={isBusy}
          aria-label={`Test ${name}`}
          onClick={() => {
            testHere?.();
            void run(async () => setTest(await testChannel(id))).then(onChanged);
          }}
        >
          {isBusy ? 'Sending…' : 'Test'}
        </Button>
        <Button aria-label={`Change ${name}`} onClick={onEdit}>
          Change
        </Button>
        {isAsking ? (
          <>
            <Button kind="quiet" onClick={() => setIsAsking(false)}>
              Keep
            </Button>
            <Button
              disabled={isBusy}
              className="!border-liquidatable !text-liquidatable"
              onClick={() => void run(() => removeChannel(id, version)).then(onChanged)}
            >
              Remove for good
            </Button>
          </>
        ) : (
          <Button kind="quiet" aria-label={`Remove ${name}`} onClick={() => setIsAsking(true)}>
            Remove
          </Button>
        )}
      </div>
      {isAsking && (
        <p className="text-warning">
          It stays while triggers that watch name it: choose other channels for them first.
        </p>
      )}
      <p className="flex flex-wrap gap-x-4">
        <Attempt word="Last success" attempt={lastSuccess} />
        <Attempt word="Last failure" attempt={lastFailure} />
      </p>
      {told}
    </li>
  );
}
