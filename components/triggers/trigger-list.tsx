'use client';

import { useState } from 'react';
import { moveAmongRows } from '@/components/risk/row-opener';
import { Button } from '@/components/ui/button';
import { HeadCell, Table } from '@/components/ui/table';
import { useIsNarrow } from '@/components/ui/use-is-narrow';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';
import { formatNumber } from '@/lib/format/format-number';
import { TriggerCard } from './trigger-card';
import type { Asked } from './trigger-menu';
import { TriggerRow } from './trigger-row';
import type { TriggerActions } from './use-trigger-actions';

/** So many are drawn at first, and more with each asking. */
const PAGE = 100;

const HEADS = [
  ['Status', 116],
  ['Trigger', undefined],
  ['Severity', 84],
  ['Now', 224],
  ['Last fired', 88],
  ['Channels', 128],
] as const;

export interface TriggerListProps {
  readonly triggers: readonly ListedTrigger[];
  readonly isWatched: boolean;
  readonly nowMs: number;
  readonly actions: TriggerActions;
  readonly nameChannels: (trigger: ListedTrigger) => string;
  readonly onOpen: (id: string) => void;
  readonly onAsk: (trigger: ListedTrigger, what: Asked) => void;
}

/** The triggers as a table, and as cards on a phone; Tab reaches one row, arrow keys and j, k move among them. */
export function TriggerList(props: TriggerListProps) {
  const { triggers, isWatched, nowMs, actions, nameChannels, onOpen, onAsk } = props;
  const [count, setCount] = useState(PAGE);
  const [activeId, setActiveId] = useState<string>();
  const isNarrow = useIsNarrow();
  const drawn = triggers.slice(0, count);
  const tabbable = drawn.some(({ id }) => id === activeId) ? activeId : drawn[0]?.id;
  const itemOf = (trigger: ListedTrigger) => ({
    trigger,
    actions,
    nowMs,
    isWatched,
    channels: nameChannels(trigger),
    onOpen: () => onOpen(trigger.id),
    onAsk: (what: Asked) => onAsk(trigger, what),
  });
  return (
    <>
      {isNarrow === true ? (
        <ul>
          {drawn.map((trigger) => (
            <TriggerCard key={trigger.id} {...itemOf(trigger)} />
          ))}
        </ul>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: only passes arrow keys on to the rows within.
        <div className="overflow-x-auto max-md:hidden" onKeyDown={moveAmongRows}>
          <Table className="min-w-[900px] table-fixed text-[13px]">
            <caption className="sr-only">Triggers</caption>
            <thead>
              <tr>
                {HEADS.map(([title, width]) => (
                  <HeadCell key={title} {...(width === undefined ? {} : { style: { width } })}>
                    {title}
                  </HeadCell>
                ))}
                <HeadCell style={{ width: 44 }}>
                  <span className="sr-only">Actions</span>
                </HeadCell>
              </tr>
            </thead>
            <tbody>
              {drawn.map((trigger) => (
                <TriggerRow
                  key={trigger.id}
                  {...itemOf(trigger)}
                  isTabbable={trigger.id === tabbable}
                  onFocus={() => setActiveId(trigger.id)}
                />
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {triggers.length > drawn.length && (
        <p className="mt-3 flex items-center gap-3 text-[13px] text-muted">
          {formatNumber(drawn.length, 0)} of {formatNumber(triggers.length, 0)} shown
          <Button onClick={() => setCount((before) => before + PAGE)}>Show more</Button>
        </p>
      )}
    </>
  );
}
