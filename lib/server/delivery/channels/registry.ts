import 'server-only';
import { PermanentDeliveryError } from '../delivery-error';
import { browser } from './browser';
import type { ChannelKind } from './channel-kind';
import { discord } from './discord';
import { email } from './email';
import { inApp } from './in-app';
import { slack } from './slack';
import { telegram } from './telegram';
import { webPush } from './web-push';
import { webhook } from './webhook';

/** Every kind of channel, in the order in which forms offer them. */
export const CHANNEL_KINDS = [inApp, browser, webPush, email, webhook, slack, discord, telegram] as const;

/** The name of a kind of channel. */
export type ChannelKindId = (typeof CHANNEL_KINDS)[number]['id'];

/** A kind by its name. Errors: `PermanentDeliveryError` CHANNEL_KIND. */
export function findChannelKind(id: string): ChannelKind<ChannelKindId> {
  const kind = CHANNEL_KINDS.find((candidate) => candidate.id === id);
  if (!kind) throw new PermanentDeliveryError('CHANNEL_KIND', 'This kind of channel is not known.');
  return kind;
}
