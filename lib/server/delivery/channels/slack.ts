import 'server-only';
import * as z from 'zod/mini';
import type { AlertMessage } from '../alert-message';
import { fitLines, formatAlertParts } from '../format-alert';
import { postJson } from '../post-json';
import { defineChannelKind } from './channel-kind';
import { nothing, webAddress } from './fields';

/** Slack cuts longer texts itself, in the middle of what matters. */
const LONGEST_TEXT = 3_900;

/** Slack's three control characters: left as they are, a name could call a whole channel ("<!channel>"). */
const escapeMarkup = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
/** A link's own "|" would end its address. */
const writeLink = (link: string, text: string): string => `<${escapeMarkup(link.replace(/\|/g, '%7C'))}|${text}>`;

function toSlackBody(message: AlertMessage) {
  const { title, sentence, details, remedy, link } = formatAlertParts(message);
  const remedyLines = remedy ? [`Cheapest remedy: ${escapeMarkup(remedy.text)} ${writeLink(remedy.link, 'Show')}`] : [];
  return {
    text: fitLines(
      [escapeMarkup(title), escapeMarkup(sentence)],
      details.map((line) => `• ${escapeMarkup(line)}`),
      [...remedyLines, writeLink(link, 'Open in Ballast')],
      LONGEST_TEXT,
    ),
    unfurl_links: false,
  };
}

/** An incoming webhook of Slack, or of what takes the same body. Its address is the key to it, hence a secret. */
export const slack = defineChannelKind({
  id: 'slack',
  title: 'Slack',
  explanation: 'Posts to a Slack channel through an incoming webhook.',
  fields: [
    { name: 'url', label: 'Webhook address', input: 'url', hint: 'https://hooks.slack.com/services/…', isSecret: true },
  ],
  config: nothing,
  secrets: z.strictObject({ url: webAddress }),
  send: (message, _config, { url }, context) => postJson(url, toSlackBody(message), context),
});
