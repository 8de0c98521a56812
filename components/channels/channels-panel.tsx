'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { pageAlarm } from '@/components/alerts/alarm';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import type { ChannelKindForm, ListedChannel } from '@/lib/alerts/channel-list';
import { CHANNELS_KEY, channelsQueryOptions } from '@/lib/queries/channels-query';
import { alertSettings } from '@/lib/stores/alert-settings';
import { ChannelDialog } from './channel-dialog';
import { ChannelRow } from './channel-row';
import { DeadLettersPanel } from './dead-letters-panel';
import { ThisBrowserPanel } from './this-browser-panel';

interface Editing {
  readonly kind: ChannelKindForm;
  readonly channel: ListedChannel | undefined;
}

/** What an open page does for a channel of its own kind: the server sends nothing for it. */
function testInPage(): void {
  const { sound, volume } = alertSettings.getState().value;
  if (sound) void pageAlarm.unlock().then((isUnlocked) => isUnlocked && pageAlarm.playOnce('warning', volume));
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  try {
    new Notification('Test: Ballast', { body: 'This is a test. An alert would reach you here.', tag: 'ballast-test' });
  } catch {
    // A phone's browser shows none from a page; its worker's are tested by Web Push.
  }
}

/** Where alerts go: the channels with their state and forms, this browser, and the messages that were given up. */
export function ChannelsPanel() {
  const { data, error, refetch } = useQuery(channelsQueryOptions());
  const [editing, setEditing] = useState<Editing>();
  const queryClient = useQueryClient();
  const readAgain = () => void queryClient.invalidateQueries({ queryKey: CHANNELS_KEY });
  const kindOf = (id: string) => data?.kinds.find((kind) => kind.id === id);
  return (
    <>
      <Panel
        title="Channels"
        detail="where alerts go"
        className="lg:col-span-2"
        actions={
          data && (
            <Menu
              label="Add a channel"
              trigger={
                <>
                  <Icon name="plus" size={14} /> Add
                </>
              }
              items={data.kinds.map((kind) => ({
                key: kind.id,
                label: kind.title,
                detail: kind.explanation,
                onSelect: () => setEditing({ kind, channel: undefined }),
              }))}
            />
          )
        }
      >
        <div className="text-[13px]">
          {error && (
            <div role="alert">
              <Notice
                tone="liquidatable"
                title="The channels cannot be read"
                actions={<Button onClick={() => void refetch()}>Try again</Button>}
              >
                {error.message}
              </Notice>
            </div>
          )}
          {!data && !error && <Skeleton className="h-24" />}
          {data?.channels.length === 0 && (
            <p className="py-2 text-muted">No channel is set up: what fires stands in the log alone. Add one.</p>
          )}
          <ul>
            {data?.channels.map((channel) => {
              const kind = kindOf(channel.kind);
              return (
                <ChannelRow
                  key={channel.id}
                  kindTitle={kind?.title ?? channel.kind}
                  onEdit={() => kind && setEditing({ kind, channel })}
                  onChanged={readAgain}
                  testHere={channel.kind === 'browser' ? testInPage : undefined}
                  {...{ channel }}
                />
              );
            })}
          </ul>
        </div>
      </Panel>
      <DeadLettersPanel />
      {data && <ThisBrowserPanel publicKey={data.pushPublicKey} count={data.pushSubscriptions} onChanged={readAgain} />}
      {editing && (
        <ChannelDialog
          onClose={() => setEditing(undefined)}
          onSaved={() => {
            setEditing(undefined);
            readAgain();
          }}
          {...editing}
        />
      )}
    </>
  );
}
