'use client';

import { useRouter } from 'next/navigation';
import { Icon } from '@/components/ui/icon';
import { Menu, type MenuItem } from '@/components/ui/menu';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';
import { useLink } from './use-link';
import type { TriggerActions } from './use-trigger-actions';

const MINUTE_MS = 60_000;
const SNOOZES = [
  { label: 'Snooze 15 min', ms: 15 * MINUTE_MS },
  { label: 'Snooze 1 h', ms: 60 * MINUTE_MS },
  { label: 'Snooze 8 h', ms: 480 * MINUTE_MS },
] as const;
/** The last moment that a date can name: until somebody unmutes it. */
const FOR_GOOD_MS = 8_640_000_000_000_000;

/** What asks before it is done, or needs a time. */
export type Asked = 'delete' | 'snooze';

export interface TriggerMenuProps {
  readonly trigger: ListedTrigger;
  readonly actions: TriggerActions;
  readonly nowMs: number;
  readonly onAsk: (what: Asked) => void;
}

function listRests({ trigger, actions, nowMs, onAsk }: TriggerMenuProps): readonly MenuItem[] {
  const { snoozedUntilMs, mutedUntilMs } = trigger;
  const isSnoozed = snoozedUntilMs !== null && snoozedUntilMs > nowMs;
  const isMuted = mutedUntilMs !== null && mutedUntilMs > nowMs;
  return [
    ...(isSnoozed
      ? [{ key: 'wake', label: 'Wake it', onSelect: () => actions.snooze(trigger, null) }]
      : SNOOZES.map(({ label, ms }) => ({
          key: label,
          label,
          onSelect: () => actions.snooze(trigger, nowMs + ms),
        }))),
    { key: 'until', label: 'Snooze until…', onSelect: () => onAsk('snooze') },
    isMuted
      ? { key: 'unmute', label: 'Unmute', onSelect: () => actions.mute(trigger, null) }
      : {
          key: 'mute',
          label: 'Mute',
          detail: 'Fires into the log alone',
          onSelect: () => actions.mute(trigger, FOR_GOOD_MS),
        },
    { key: 'delete', label: 'Delete…', onSelect: () => onAsk('delete') },
  ];
}

/** Everything that can be done with a trigger. */
export function TriggerMenu(props: TriggerMenuProps) {
  const { trigger } = props;
  const router = useRouter();
  const link = useLink();
  const go = (path: string, own?: Readonly<Record<string, string>>) => () => router.push(link(path, own));
  return (
    <Menu
      label={`Actions for ${trigger.name}`}
      trigger={<Icon name="more" />}
      className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-text"
      items={[
        ...(trigger.ended === null
          ? [{ key: 'edit', label: 'Edit', onSelect: go(`/triggers/${encodeURIComponent(trigger.id)}`) }]
          : []),
        { key: 'copy', label: 'Duplicate', onSelect: go('/triggers/new', { copy: trigger.id }) },
        { key: 'log', label: 'Log and acknowledge', onSelect: go('/triggers/log', { trigger: trigger.id }) },
        ...(trigger.ended === null ? listRests(props) : []),
      ]}
    />
  );
}
