import * as z from 'zod/mini';
import { createKeptSetting } from './kept-setting';

const schema = z.object({
  version: z.literal(1),
  /** Whether this browser rings. */
  sound: z.boolean(),
  /** Share of full volume, 0.1 to 1. */
  volume: z.number().check(z.minimum(0.1), z.maximum(1)),
  /** Whom the log names for what is acknowledged or paused here. */
  name: z.string().check(z.minLength(1), z.maxLength(100)),
});

export type AlertSettings = z.infer<typeof schema>;

const ALERT_SETTINGS_KEY = 'ballast-alert-settings';

/** Until somebody changes it: it rings, for an alert that cannot be heard is none. */
const DEFAULT_ALERT_SETTINGS: AlertSettings = {
  version: 1,
  sound: true,
  volume: 0.8,
  name: 'Someone at this browser',
};

/** How this browser rings, and what its user is called in the log. A store over some storage. */
export const createAlertSettings = (getStorage: () => Pick<Storage, 'getItem' | 'setItem'>) =>
  createKeptSetting(
    ALERT_SETTINGS_KEY,
    DEFAULT_ALERT_SETTINGS,
    (kept): AlertSettings | undefined => schema.safeParse(kept).data,
    getStorage,
  );

/** The browser's own. Nothing is read until `load`. */
export const alertSettings = createAlertSettings(() => localStorage);
