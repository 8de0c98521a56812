'use client';

import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Tag, type Tone } from '@/components/ui/tag';
import { PUSH_WORDS, type PushState } from './describe-push';
import { readPushState, subscribePush, unsubscribePush } from './push-browser';
import { useTask } from './use-task';

const TAGS: Readonly<Record<PushState, { readonly tone: Tone; readonly word: string }>> = {
  unknown: { tone: 'unknown', word: 'unknown' },
  insecure: { tone: 'warning', word: 'not possible here' },
  unsupported: { tone: 'warning', word: 'not supported' },
  denied: { tone: 'warning', word: 'refused' },
  off: { tone: 'neutral', word: 'off' },
  on: { tone: 'safe', word: 'on' },
};

/** Web Push for this browser: how it stands, on and off. */
export function PushSetting({
  publicKey,
  count,
  onChanged,
}: {
  readonly publicKey: string;
  /** How many browsers take pushes. */
  readonly count: number;
  readonly onChanged: () => void;
}) {
  const [state, setState] = useState<PushState>('unknown');
  const { run, isBusy, problem } = useTask();
  useEffect(() => {
    void readPushState().then(setState);
  }, []);
  const change = async (work: () => Promise<void>) => {
    await run(work);
    setState(await readPushState());
    onChanged();
  };
  return (
    <div className="grid gap-1">
      <p className="flex items-center justify-between gap-2">
        <span>Web Push</span>
        <span className="flex items-center gap-2">
          <Tag tone={TAGS[state].tone}>{TAGS[state].word}</Tag>
          {state === 'off' && publicKey !== '' && (
            <Button kind="accent" disabled={isBusy} onClick={() => void change(() => subscribePush(publicKey))}>
              Turn on
            </Button>
          )}
          {state === 'on' && (
            <Button disabled={isBusy} onClick={() => void change(unsubscribePush)}>
              Turn off
            </Button>
          )}
        </span>
      </p>
      <p className="text-muted">
        {PUSH_WORDS[state]} {count === 1 ? '1 browser takes pushes.' : `${count} browsers take pushes.`}
      </p>
      {problem && (
        <p role="alert" className="text-liquidatable">
          Not done: {problem}
        </p>
      )}
    </div>
  );
}
