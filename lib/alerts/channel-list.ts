import * as z from 'zod/mini';

const text = z.string();
const attempt = z.nullable(z.object({ atMs: z.number(), detail: text }));

const field = z.object({
  name: text,
  label: text,
  input: z.enum(['text', 'url', 'number', 'choice']),
  choices: z.optional(z.array(text)),
  hint: z.optional(text),
  isSecret: z.boolean(),
});

/** What a form needs to know of a kind of channel. */
const channelKindForm = z.object({ id: text, title: text, explanation: text, fields: z.array(field) });

/** A channel as it is shown: its secrets by their names alone. */
const listedChannel = z.object({
  id: text,
  version: z.number(),
  kind: text,
  name: text,
  config: z.record(z.string(), z.unknown()),
  /** Names of those that are set. */
  secrets: z.array(text),
  lastSuccess: attempt,
  lastFailure: attempt,
});

/** Answer of `GET /api/channels`. */
export const channelList = z.object({
  kinds: z.array(channelKindForm),
  channels: z.array(listedChannel),
  /** The server's public key for Web Push, base64url. */
  pushPublicKey: text,
  /** How many browsers have subscribed to Web Push. */
  pushSubscriptions: z.number(),
});

/** What `PUT /api/channels/[id]` takes. Version 0: it is new. Secrets that are not named stay as they are; null forgets one. */
export const channelEdit = z.strictObject({
  version: z.int().check(z.minimum(0)),
  kind: text,
  name: z.string('must be a name').check(z.minLength(1, 'must not be empty'), z.maxLength(100, 'is too long')),
  config: z.record(z.string(), z.unknown()),
  secrets: z._default(z.record(z.string(), z.nullable(z.string().check(z.maxLength(4_000)))), {}),
});

/** Answer of `POST /api/channels/[id]/test`. */
export const channelTest = z.object({ ok: z.boolean(), detail: text });

const endpoint = z.string().check(z.maxLength(2_000), z.regex(/^https?:\/\//));

/** What `POST /api/push` takes: a browser's subscription as it gave it. */
export const pushSubscription = z.object({
  endpoint,
  keys: z.object({ p256dh: z.string().check(z.maxLength(200)), auth: z.string().check(z.maxLength(100)) }),
});

/** What `DELETE /api/push` takes. */
export const pushRemoval = z.strictObject({ endpoint });

export type ChannelField = z.infer<typeof field>;
export type ChannelKindForm = z.infer<typeof channelKindForm>;
export type ListedChannel = z.infer<typeof listedChannel>;
export type ChannelList = z.infer<typeof channelList>;
export type ChannelEditRequest = z.infer<typeof channelEdit>;
export type ChannelTestResult = z.infer<typeof channelTest>;
