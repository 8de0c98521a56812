import 'server-only';
import { defineChannelKind } from './channel-kind';
import { nothing } from './fields';

/** A notification with a sound, which an open page shows when it hears of the firing; nothing is sent from here. */
export const browser = defineChannelKind({
  id: 'browser',
  title: 'Browser notification',
  explanation: 'An open page shows a notification and plays a sound.',
  fields: [],
  config: nothing,
  secrets: nothing,
  send: async () => {},
});
