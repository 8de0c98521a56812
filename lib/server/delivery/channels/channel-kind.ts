import 'server-only';
import type * as z from 'zod/mini';
import { InvalidInputError } from '@/lib/domain/errors';
import type { AlertMessage } from '../alert-message';
import type { DeliveryContext } from '../delivery-context';

/** One field of a channel's form. */
export interface ChannelField {
  readonly name: string;
  readonly label: string;
  readonly input: 'text' | 'url' | 'number' | 'choice';
  readonly choices?: readonly string[];
  readonly hint?: string;
  /** Stored apart, never shown again. */
  readonly isSecret: boolean;
}

/** What a kind of channel is made of; the types of its settings stay inside it. */
export interface ChannelKindDefinition<Id extends string, Config, Secrets> {
  readonly id: Id;
  readonly title: string;
  /** Where the alert appears, in one sentence. */
  readonly explanation: string;
  readonly fields: readonly ChannelField[];
  /** Open settings that say where secrets are sent to: none that is kept may follow a change of them. */
  readonly secretsGoTo?: readonly string[];
  readonly config: z.ZodMiniType<Config>;
  readonly secrets: z.ZodMiniType<Secrets>;
  send(message: AlertMessage, config: Config, secrets: Secrets, context: DeliveryContext): Promise<void>;
}

/** A channel's settings as they are stored: open ones and secret ones apart. */
export interface ChannelSettings {
  readonly config: unknown;
  readonly secrets: unknown;
}

/** A kind of channel as everybody else sees it. */
export interface ChannelKind<Id extends string = string>
  extends Pick<ChannelKindDefinition<Id, unknown, unknown>, 'id' | 'title' | 'explanation' | 'fields'> {
  /** Open settings that say where secrets are sent to; empty: they are sent nowhere, or are the address themselves. */
  readonly secretsGoTo: readonly string[];
  /**
   * Reads settings given for saving; what comes back is complete and in the form that is stored.
   * Errors: `InvalidInputError` CHANNEL, which names the field ("config.url") and never shows a value.
   */
  parse(settings: ChannelSettings): { readonly config: object; readonly secrets: object };
  /**
   * Sends one alert. Errors: `TemporaryDeliveryError`, `PermanentDeliveryError`; `InvalidInputError` CHANNEL for settings that cannot be read.
   */
  send(message: AlertMessage, settings: ChannelSettings, context: DeliveryContext): Promise<void>;
}

/** Makes a kind of channel of its definition. */
export function defineChannelKind<Id extends string, Config extends object, Secrets extends object>(
  definition: ChannelKindDefinition<Id, Config, Secrets>,
): ChannelKind<Id> {
  const { id, title, explanation, fields, secretsGoTo = [], config, secrets, send } = definition;
  const parse = (settings: ChannelSettings) => ({
    config: parsePart(config, settings.config, 'config'),
    secrets: parsePart(secrets, settings.secrets, 'secrets'),
  });
  return {
    id,
    title,
    explanation,
    fields,
    secretsGoTo,
    parse,
    async send(message, settings, context) {
      const parsed = parse(settings);
      await send(message, parsed.config, parsed.secrets, context);
    },
  };
}

function parsePart<T>(schema: z.ZodMiniType<T>, given: unknown, part: string): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = [part, ...(issue?.path ?? [])].join('.');
  throw new InvalidInputError('CHANNEL', `${field}: ${issue?.message ?? 'not valid'}.`, { inputs: { field } });
}
