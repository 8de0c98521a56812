'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect } from 'react';
import { Button } from '@/components/ui/button';
import type { LoggedFiring } from '@/lib/alerts/logged-firing';
import { FIRINGS_KEY } from '@/lib/queries/firings-query';
import { LogRow } from './log-row';
import { useAcknowledge } from './use-acknowledge';

const hashId = (): number | undefined => {
  const id = typeof location === 'undefined' ? undefined : /^#firing-(\d+)$/.exec(location.hash)?.[1];
  return id === undefined ? undefined : Number(id);
};

/** Firings one a row; `a` acknowledges the one that has the focus. */
export function LogList({ firings }: { readonly firings: readonly LoggedFiring[] }) {
  const { acknowledge, isBusy, problem } = useAcknowledge();
  const queryClient = useQueryClient();
  const open = firings.filter(({ acknowledged }) => acknowledged === null).map(({ id }) => id);
  const linked = hashId();

  const seen = async (ids: readonly number[], note: string | null) => {
    await acknowledge(ids, note);
    await queryClient.invalidateQueries({ queryKey: FIRINGS_KEY });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const { target, key, ctrlKey, metaKey, altKey } = event;
    if (key !== 'a' || ctrlKey || metaKey || altKey || target instanceof HTMLInputElement) return;
    const id = Number((target as HTMLElement).closest<HTMLElement>('[data-firing]')?.dataset.firing);
    if (!open.includes(id)) return;
    event.preventDefault();
    void seen([id], null);
  };

  // The page was opened by a link to one row, which was not there yet when the browser looked for it.
  useEffect(() => {
    if (linked !== undefined) document.getElementById(`firing-${linked}`)?.scrollIntoView({ block: 'start' });
  }, [linked]);

  return (
    <>
      {problem && (
        <p role="alert" className="py-1 text-[13px] text-liquidatable">
          {problem}
        </p>
      )}
      {open.length > 1 && (
        <p className="mb-2">
          <Button disabled={isBusy} onClick={() => void seen(open, null)}>
            Acknowledge all {open.length} shown
          </Button>
        </p>
      )}
      <ul className="rounded-lg border border-line bg-panel" onKeyDown={onKeyDown}>
        {firings.map((alert) => (
          <LogRow
            key={alert.id}
            isOpenAtFirst={alert.id === linked}
            onAcknowledge={(id, note) => void seen([id], note)}
            {...{ alert, isBusy }}
          />
        ))}
      </ul>
    </>
  );
}
