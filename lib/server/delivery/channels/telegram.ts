import 'server-only';
import * as z from 'zod/mini';
import type { AlertMessage } from '../alert-message';
import { formatAlertText } from '../format-alert';
import { postJson } from '../post-json';
import { defineChannelKind } from './channel-kind';
import { webAddress } from './fields';

/** Telegram refuses longer texts. */
const LONGEST_TEXT = 4_096;
const TOKEN_TEXT = "a bot's token, digits:letters, is expected";
const CHAT_TEXT = "a chat's number or @name is expected";
const PUBLIC_API = 'https://api.telegram.org';

/** Plain text without a parse mode: nothing in it is markup. */
const toTelegramBody = (chatId: string, message: AlertMessage) => ({
  chat_id: chatId,
  text: formatAlertText(message, LONGEST_TEXT),
  link_preview_options: { is_disabled: true },
  disable_notification: message.severity === 'info',
});

/** A message of a Telegram bot to one chat. The Bot API's address may be one of the user's own. */
export const telegram = defineChannelKind({
  id: 'telegram',
  title: 'Telegram',
  explanation: 'A bot of yours writes to a Telegram chat.',
  fields: [
    { name: 'chatId', label: 'Chat', input: 'text', hint: 'A number, or @name of a channel', isSecret: false },
    { name: 'apiUrl', label: 'Bot API', input: 'url', hint: PUBLIC_API, isSecret: false },
    { name: 'botToken', label: 'Bot token', input: 'text', hint: 'From @BotFather', isSecret: true },
  ],
  secretsGoTo: ['apiUrl'],
  config: z.strictObject({
    chatId: z.string(CHAT_TEXT).check(z.regex(/^(-?\d{1,20}|@\w{1,64})$/, CHAT_TEXT)),
    apiUrl: z._default(webAddress, PUBLIC_API),
  }),
  secrets: z.strictObject({
    botToken: z.string(TOKEN_TEXT).check(z.regex(/^\d{1,20}:[\w-]{20,100}$/, TOKEN_TEXT)),
  }),
  send: (message, { chatId, apiUrl }, { botToken }, context) =>
    postJson(`${apiUrl.replace(/\/+$/, '')}/bot${botToken}/sendMessage`, toTelegramBody(chatId, message), context),
});
