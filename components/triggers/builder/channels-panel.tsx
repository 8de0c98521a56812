'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { channelsQueryOptions } from '@/lib/queries/channels-query';
import type { TriggerDraft } from '@/lib/triggers/form/trigger-draft';
import { CheckField, Fault, TextField } from './field';

/** The same with two neighbours in each other's place. */
const swap = (ids: readonly string[], at: number): string[] =>
  ids.map((id, index) => (index === at ? (ids[at + 1] ?? id) : index === at + 1 ? (ids[at] ?? id) : id));

/** Whom a firing is told to: channels in order, all at once or one after another. */
export function ChannelsPanel(props: {
  readonly draft: TriggerDraft;
  readonly set: (change: Partial<TriggerDraft>) => void;
}) {
  const { draft, set } = props;
  const { channels: chosen, escalation } = draft;
  const { data, error } = useQuery(channelsQueryOptions());
  const nameOf = (id: string) => data?.channels.find((channel) => channel.id === id)?.name ?? id;
  const left = (data?.channels ?? []).filter(({ id }) => !chosen.includes(id));
  const setChannels = (channels: string[]) =>
    // With fewer than two there is nobody to go on to.
    set({ channels, ...(channels.length < 2 && { escalation: { ...escalation, isOn: false } }) });
  return (
    <Panel
      title="Where is it told?"
      actions={
        <Link href="/settings#channels" prefetch={false} className="text-[13px] text-accent">
          Set up channels
        </Link>
      }
    >
      <div className="grid gap-3 text-[13px]">
        {chosen.length === 0 ? (
          <p className="text-muted">In the log alone. Add a channel to be told.</p>
        ) : (
          <ol aria-label="Channels in order" className="grid gap-1">
            {chosen.map((id, index) => (
              <li key={id} className="flex flex-wrap items-center gap-1.5 rounded-md bg-sunken px-2.5 py-1">
                <span className="w-5 text-faint tabular-nums">{index + 1}.</span>
                <span className="min-w-0 flex-1 truncate">{nameOf(id)}</span>
                <Fault of={`channels[${index}]`} />
                <Button
                  kind="quiet"
                  aria-label={`${nameOf(id)}: earlier`}
                  disabled={index === 0}
                  onClick={() => setChannels(swap(chosen, index - 1))}
                >
                  <Icon name="up" size={14} />
                </Button>
                <Button
                  kind="quiet"
                  aria-label={`${nameOf(id)}: later`}
                  disabled={index === chosen.length - 1}
                  onClick={() => setChannels(swap(chosen, index))}
                >
                  <Icon name="down" size={14} />
                </Button>
                <Button
                  kind="quiet"
                  aria-label={`Leave out ${nameOf(id)}`}
                  onClick={() => setChannels(chosen.filter((one) => one !== id))}
                >
                  <Icon name="close" size={14} />
                </Button>
              </li>
            ))}
          </ol>
        )}
        <Fault of="channels" />
        {error && <p className="text-muted">{error.message} Which channels there are is not known.</p>}
        {left.length > 0 && (
          <div className="flex flex-wrap gap-2">
            {left.map(({ id, name }) => (
              <Button key={id} onClick={() => setChannels([...chosen, id])}>
                <Icon name="plus" size={12} /> {name}
              </Button>
            ))}
          </div>
        )}
        {chosen.length > 1 && (
          <div className="grid gap-2">
            <CheckField
              label="One after another, until somebody acknowledges"
              isOn={escalation.isOn}
              onChange={(isOn) => set({ escalation: { ...escalation, isOn } })}
            />
            {escalation.isOn && (
              <TextField
                label="The next one hears after"
                of="escalation.afterMinutes"
                after="minutes"
                value={escalation.afterMinutes}
                onChange={(afterMinutes) => set({ escalation: { ...escalation, afterMinutes } })}
                input={{ inputMode: 'numeric' }}
                className="max-w-52"
              />
            )}
          </div>
        )}
        <Fault of="escalation" />
      </div>
    </Panel>
  );
}
