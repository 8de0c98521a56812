import 'server-only';
import * as z from 'zod/mini';
import type { AlertMessage } from '../alert-message';
import { fitLines, formatAlertParts } from '../format-alert';
import { postJson } from '../post-json';
import { defineChannelKind } from './channel-kind';
import { nothing, webAddress } from './fields';

/** Discord refuses longer contents. */
const LONGEST_TEXT = 2_000;

/** Markdown would swallow or bend characters of names and figures. */
const escapeMarkup = (text: string): string => text.replace(/[\\*_~`|<>#[\]()-]/g, '\\$&');

function toDiscordBody(message: AlertMessage) {
  const { title, sentence, details, remedy, link } = formatAlertParts(message);
  // In angle brackets Discord shows an address without a preview of the page behind it.
  const foot = remedy
    ? [`Cheapest remedy: ${escapeMarkup(remedy.text)}`, `<${remedy.link}>`, `<${link}>`]
    : [`<${link}>`];
  return {
    content: fitLines(
      [`**${escapeMarkup(title)}**`, escapeMarkup(sentence)],
      details.map(escapeMarkup),
      foot,
      LONGEST_TEXT,
    ),
    // No name in an alert may call anybody.
    allowed_mentions: { parse: [] },
  };
}

/** A webhook of a Discord channel. Its address is the key to it, hence a secret. */
export const discord = defineChannelKind({
  id: 'discord',
  title: 'Discord',
  explanation: 'Posts to a Discord channel through its webhook.',
  fields: [
    { name: 'url', label: 'Webhook address', input: 'url', hint: 'https://discord.com/api/webhooks/…', isSecret: true },
  ],
  config: nothing,
  secrets: z.strictObject({ url: webAddress }),
  send: (message, _config, { url }, context) => postJson(url, toDiscordBody(message), context),
});
