import type { ListedChannel } from '@/lib/alerts/channel-list';
import type { ListedTrigger } from '@/lib/alerts/listed-trigger';

/** The channels that a trigger's definition names, by their names where they are known, in order. */
export function nameChannels({ definition }: ListedTrigger, channels: readonly ListedChannel[] | undefined): string {
  const { channels: ids } = (definition ?? {}) as { readonly channels?: unknown };
  if (!Array.isArray(ids) || ids.length === 0) return 'the log alone';
  return ids.map((id) => channels?.find((channel) => channel.id === id)?.name ?? String(id)).join(', ');
}
