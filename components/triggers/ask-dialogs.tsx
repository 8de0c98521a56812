'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';
import { formatLocalInput, parseLocalInput } from '@/lib/format/local-input';

interface AskProps {
  readonly trigger: ListedTrigger;
  readonly onClose: () => void;
}

/** Asks before a trigger is ended. */
export function DeleteDialog({ trigger, onClose, onDelete }: AskProps & { readonly onDelete: () => void }) {
  return (
    <Dialog title="Delete this trigger?" onClose={onClose}>
      <div className="grid gap-3 p-4 text-[13px]">
        <p>
          <strong className="font-semibold">{trigger.name}</strong> stops watching. What it has fired stays in the log,
          and it can be duplicated from the ended ones.
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep it</Button>
          <Button
            kind="primary"
            data-autofocus=""
            onClick={() => {
              onDelete();
              onClose();
            }}
          >
            Delete
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Asks until when a trigger rests. */
export function SnoozeDialog(
  props: AskProps & { readonly nowMs: number; readonly onSnooze: (untilMs: number) => void },
) {
  const { trigger, onClose, onSnooze, nowMs } = props;
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const untilMs = parseLocalInput(String(new FormData(event.currentTarget).get('until')));
    if (untilMs === undefined || untilMs <= nowMs) {
      setProblem('Choose a time that lies ahead.');
      return;
    }
    onSnooze(untilMs);
    onClose();
  };
  return (
    <Dialog title="Snooze until" onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-3 p-4 text-[13px]">
        <label className="grid gap-1">
          <span className="text-muted text-xs">{trigger.name} rests until, in your zone</span>
          <input
            data-autofocus=""
            type="datetime-local"
            name="until"
            min={formatLocalInput(nowMs)}
            aria-invalid={problem !== undefined}
            aria-describedby="snooze-problem"
            className="h-8 rounded-md border border-edge bg-bg px-2.5"
          />
        </label>
        <p id="snooze-problem" role="alert" className="text-liquidatable empty:hidden">
          {problem}
        </p>
        <p className="text-faint text-xs">What still holds then fires at once.</p>
        <Button kind="primary" type="submit" className="justify-self-end">
          Snooze
        </Button>
      </form>
    </Dialog>
  );
}
