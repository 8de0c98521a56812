import 'server-only';
import type { ChannelList } from '@/lib/alerts/channel-list';
import { CHANNEL_KINDS } from '../delivery/channels/registry';
import { listChannels } from '../storage/channels';
import { listPushSubscriptions } from '../storage/push';
import type { Alerting } from './start-alerting';

/** The channels there are, each with its last success and failure, and the forms of all kinds. No secret is among it. */
export async function listChannelsNow({ storage, surroundings }: Alerting): Promise<ChannelList> {
  const [channels, subscriptions] = await Promise.all([listChannels(storage.db), listPushSubscriptions(storage.db)]);
  return {
    kinds: CHANNEL_KINDS.map(({ id, title, explanation, fields }) => ({
      id,
      title,
      explanation,
      fields: fields.map(({ choices, ...field }) => ({ ...field, ...(choices && { choices: [...choices] }) })),
    })),
    channels: channels.map(({ config, secrets, ...channel }) => ({
      ...channel,
      config: config as Record<string, unknown>,
      secrets: [...secrets],
    })),
    pushPublicKey: surroundings.push?.vapidKeys.publicKey ?? '',
    pushSubscriptions: subscriptions.length,
  };
}
