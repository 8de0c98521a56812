import 'server-only';
import { defineChannelKind } from './channel-kind';
import { nothing } from './fields';

/** The log and the bell: the firing itself is what appears there, so that nothing is left to send. */
export const inApp = defineChannelKind({
  id: 'in-app',
  title: 'In the app',
  explanation: 'Appears in the log and at the bell of every open page.',
  fields: [],
  config: nothing,
  secrets: nothing,
  send: async () => {},
});
