import { parseAsBoolean, parseAsString } from 'nuqs/server';

/** What the log shows, as URL parameters: all of it, or what is open, or what one trigger fired. */
export const logViewParsers = {
  open: parseAsBoolean.withDefault(false),
  trigger: parseAsString,
};
