'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { ApiError } from '@/lib/queries/call-api';
import { restTrigger, triggersQueryOptions } from '@/lib/queries/triggers-query';
import { alertStore } from '@/lib/stores/alert-store';

type RestKind = Parameters<typeof restTrigger>[1];

const MINUTE_MS = 60_000;
const SPANS = [
  { label: '15 minutes', ms: 15 * MINUTE_MS },
  { label: '1 hour', ms: 60 * MINUTE_MS },
  { label: '8 hours', ms: 480 * MINUTE_MS },
] as const;
const KINDS: readonly {
  readonly kind: RestKind;
  readonly word: string;
  readonly detail: string;
  readonly done: string;
}[] = [
  { kind: 'snooze', word: 'Snooze', detail: 'It fires nothing until then.', done: 'Snoozed' },
  { kind: 'mute', word: 'Mute', detail: 'What it fires stands in the log alone until then.', done: 'Muted' },
];

/** Lets the trigger of a firing rest for a while, and says what came of it. */
export function RestMenu({ triggerId, triggerName }: { readonly triggerId: string; readonly triggerName: string }) {
  const [outcome, setOutcome] = useState<string>();
  const queryClient = useQueryClient();
  const rest = async (kind: RestKind, ms: number | null, done: string) => {
    try {
      const nowMs = Date.now() + alertStore.getState().clockOffsetMs;
      // As it stands now: whoever reads the log means the trigger, not the version that fired.
      const { triggers } = await queryClient.fetchQuery({ ...triggersQueryOptions('watching'), staleTime: 0 });
      const trigger = triggers.find(({ id }) => id === triggerId);
      if (!trigger) throw new ApiError('ENDED', 'This trigger is watched no more.', undefined, [], undefined);
      await restTrigger(trigger, kind, ms === null ? null : nowMs + ms);
      setOutcome(done);
      void queryClient.invalidateQueries({ queryKey: ['triggers'] });
    } catch (cause) {
      setOutcome(`Not done: ${cause instanceof Error ? cause.message : 'Ballast does not answer.'}`);
    }
  };
  return (
    <>
      <Menu
        label={`Let “${triggerName}” rest`}
        trigger={
          <>
            Rest <Icon name="down" size={14} />
          </>
        }
        items={KINDS.flatMap(({ kind, word, detail, done }) => [
          ...SPANS.map(({ label, ms }) => ({
            key: `${kind} ${ms}`,
            label: `${word} for ${label}`,
            detail,
            onSelect: () => void rest(kind, ms, `${done} for ${label}.`),
          })),
          {
            key: `${kind} end`,
            label: kind === 'snooze' ? 'Wake it' : 'Unmute it',
            onSelect: () => void rest(kind, null, kind === 'snooze' ? 'Awake.' : 'Not muted.'),
          },
        ])}
      />
      {outcome && <span role="status">{outcome}</span>}
    </>
  );
}
