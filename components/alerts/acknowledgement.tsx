'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { LocalTime } from './local-time';

const LONGEST_NOTE = 2_000;

export interface AcknowledgementProps {
  readonly alert: LoggedFiring;
  readonly isBusy: boolean;
  readonly onAcknowledge: (note: string | null) => void;
}

/** Who has seen an alert and what they wrote; or the way to say so. */
export function Acknowledgement({ alert: { acknowledged }, isBusy, onAcknowledge }: AcknowledgementProps) {
  const [note, setNote] = useState('');
  const id = useId();
  if (acknowledged) {
    const { by, note: written, atMs } = acknowledged;
    return (
      <p>
        Acknowledged by {by}, <LocalTime atMs={atMs} className="text-muted" />
        {written && <span className="block whitespace-pre-wrap text-muted">“{written}”</span>}
      </p>
    );
  }
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onAcknowledge(note.trim() || null);
      }}
    >
      <label htmlFor={id} className="text-muted">
        Note
      </label>
      <input
        id={id}
        value={note}
        maxLength={LONGEST_NOTE}
        onChange={({ target }) => setNote(target.value)}
        placeholder="What was done about it (optional)"
        className="h-7 min-w-0 flex-1 rounded-md border border-edge bg-panel px-2 text-[13px] placeholder:text-faint"
      />
      <Button type="submit" kind="accent" disabled={isBusy}>
        Acknowledge
      </Button>
    </form>
  );
}
