import 'server-only';

/** The key pair by which push services know this server; both base64url. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** A browser's subscription as it gave it: where its push service takes messages, and its keys (`p256dh`, `auth`). */
export interface PushSubscription {
  readonly endpoint: string;
  readonly keys: unknown;
}

/** What Web Push needs to know of this server. */
export interface PushSurroundings {
  readonly vapidKeys: VapidKeys;
  /** How a push service may reach the operator, "mailto:…" or "https://…". */
  readonly vapidSubject: string;
  /** Every browser that takes messages. */
  listSubscriptions(): Promise<readonly PushSubscription[]>;
  /** The push service says that this one is gone. */
  forgetSubscription(endpoint: string): Promise<void>;
}
