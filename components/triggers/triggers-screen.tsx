'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { PauseControl } from '@/components/alerts/pause-control';
import { Button, buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { Skeleton } from '@/components/ui/skeleton';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';
import { channelsQueryOptions } from '@/lib/queries/channels-query';
import { arrangeTriggers } from './arrange-triggers';
import { DeleteDialog, SnoozeDialog } from './ask-dialogs';
import { FilterField } from './filter-field';
import { nameChannels } from './name-channels';
import { TriggerDialog } from './trigger-dialog';
import { TriggerList } from './trigger-list';
import type { Asked } from './trigger-menu';
import { useLink } from './use-link';
import { useTriggerActions } from './use-trigger-actions';
import { useTriggers } from './use-triggers';
import { WatchLine } from './watch-line';

const WHICH = ['watching', 'ended'] as const;
const viewParsers = {
  which: parseAsStringLiteral(WHICH).withDefault('watching'),
  find: parseAsString.withDefault(''),
  trigger: parseAsString,
};

function Empty({ which, newHref }: { readonly which: (typeof WHICH)[number]; readonly newHref: string }) {
  if (which === 'ended')
    return <EmptyState title="None has ended">Triggers that expired or were deleted stand here.</EmptyState>;
  return (
    <EmptyState
      title="No trigger is set"
      action={
        <Link href={newHref} prefetch={false} className={buttonClass('primary')}>
          New trigger
        </Link>
      }
    >
      Here stands what you are warned of: how far each is from firing, and when it last did. They watch on the server,
      also while this page is closed.
    </EmptyState>
  );
}

/** Triggers: whether they watch, where each stands, and what can be done with them. */
export function TriggersScreen() {
  const [view, setView] = useQueryStates(viewParsers, { history: 'replace', shallow: true });
  const { list, failure, watch, nowMs } = useTriggers(view.which);
  const channels = useQuery(channelsQueryOptions()).data?.channels;
  const actions = useTriggerActions();
  const [asked, setAsked] = useState<{ readonly trigger: ListedTrigger; readonly what: Asked }>();
  const link = useLink();
  const arranged = useMemo(() => list && arrangeTriggers(list.triggers, view.find), [list, view.find]);
  const opened = list?.triggers.find(({ id }) => id === view.trigger);
  const isWatched = watch.isArmed;
  const newHref = link('/triggers/new');
  const close = () => void setView({ trigger: null });

  return (
    <>
      <header className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-semibold text-[18px] leading-6 tracking-tight">Triggers</h1>
        <WatchLine watch={watch} />
        <span className="ml-auto flex flex-wrap items-center gap-2">
          <PauseControl />
          <Link href={link('/triggers/log')} prefetch={false} className={buttonClass()}>
            Log
          </Link>
          <Link href={newHref} prefetch={false} className={buttonClass('primary')}>
            New trigger
          </Link>
        </span>
      </header>
      <div className="mb-2.5 flex flex-wrap items-center gap-2">
        <FilterField value={view.find} onChange={(find) => void setView({ find: find || null })} />
        <SegmentedControl
          label="Which triggers"
          value={view.which}
          options={[
            { value: 'watching', label: 'Watching' },
            { value: 'ended', label: 'Ended' },
          ]}
          onChange={(which) => void setView({ which })}
        />
      </div>
      <div className="grid gap-2 empty:hidden">
        {actions.problem && (
          <Notice title={actions.problem.title} actions={<Button onClick={actions.dismiss}>Dismiss</Button>}>
            {actions.problem.text}
          </Notice>
        )}
        {failure !== undefined && list && (
          <Notice tone="unknown" title="What stands here is old">
            {failure} It is asked again every two seconds.
          </Notice>
        )}
        {view.trigger !== null && list && !opened && (
          <Notice title="There is no such trigger here" actions={<Button onClick={close}>Leave it out</Button>}>
            The link names one that {view.which === 'watching' ? 'has ended, or was never made' : 'has not ended'}.
          </Notice>
        )}
      </div>
      {!list || !arranged ? (
        failure === undefined ? (
          <Skeleton className="mt-2 h-[40vh] w-full" />
        ) : (
          <EmptyState title="The triggers cannot be shown">
            {failure} Ballast keeps trying; nothing needs to be done here.
          </EmptyState>
        )
      ) : list.triggers.length === 0 ? (
        <Empty which={view.which} newHref={newHref} />
      ) : arranged.length === 0 ? (
        <EmptyState
          title={`Nothing matches “${view.find}”`}
          action={<Button onClick={() => void setView({ find: null })}>Clear the filter</Button>}
        >
          The filter looks at names, sentences, severity, status and what is watched.
        </EmptyState>
      ) : (
        <TriggerList
          triggers={arranged}
          {...{ isWatched, nowMs, actions }}
          nameChannels={(trigger) => nameChannels(trigger, channels)}
          onOpen={(trigger) => void setView({ trigger }, { history: 'push' })}
          onAsk={(trigger, what) => setAsked({ trigger, what })}
        />
      )}
      {opened && (
        <TriggerDialog
          trigger={opened}
          {...{ isWatched, nowMs }}
          channels={nameChannels(opened, channels)}
          onAsk={(what) => setAsked({ trigger: opened, what })}
          onClose={close}
        />
      )}
      {asked?.what === 'delete' && (
        <DeleteDialog
          trigger={asked.trigger}
          onDelete={() => {
            actions.remove(asked.trigger);
            close();
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked?.what === 'snooze' && (
        <SnoozeDialog
          trigger={asked.trigger}
          nowMs={nowMs}
          onSnooze={(untilMs) => actions.snooze(asked.trigger, untilMs)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
