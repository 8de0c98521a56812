'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { BallastError } from '@/lib/domain/errors';
import { watchStore } from '@/lib/stores/watch-store';
import { useShowAccounts } from './use-show-accounts';

const FIELD = 'h-8 w-full rounded-md border border-edge bg-bg px-2.5';

/** Takes an address to watch; keeps it on this device and shows its positions. */
export function WatchDialog({ initial = '', onClose }: { readonly initial?: string; readonly onClose: () => void }) {
  const showAccounts = useShowAccounts();
  const [problem, setProblem] = useState<string>();
  const problemId = useId();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      const address = watchStore.getState().add(String(form.get('address')), String(form.get('label')));
      onClose();
      showAccounts('watched', [address]);
    } catch (cause) {
      if (!(cause instanceof BallastError)) throw cause;
      setProblem([cause.message, cause.detail.nextStep].filter(Boolean).join(' '));
    }
  };

  return (
    <Dialog title="Watch an address" onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-3 p-4">
        <label className="grid gap-1">
          <span className="text-muted text-xs">Address</span>
          <input
            data-autofocus
            name="address"
            autoComplete="off"
            spellCheck={false}
            placeholder="0x…"
            defaultValue={initial}
            aria-invalid={problem !== undefined}
            aria-describedby={problem ? problemId : undefined}
            onChange={() => setProblem(undefined)}
            className={`${FIELD} mono`}
          />
        </label>
        {problem && (
          <p id={problemId} role="alert" className="text-[13px] text-liquidatable">
            {problem}
          </p>
        )}
        <label className="grid gap-1">
          <span className="text-muted text-xs">Name, if you like</span>
          <input name="label" autoComplete="off" maxLength={60} className={FIELD} />
        </label>
        <div className="flex items-center justify-between gap-4">
          <p className="text-faint text-xs">Kept in this browser only. No wallet needed.</p>
          <Button kind="primary" type="submit">
            Watch
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
