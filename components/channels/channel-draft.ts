import type { ChannelEditRequest, ChannelKindForm, ListedChannel } from '@/lib/alerts/channel-list';
import type { FieldFault } from '@/lib/queries/call-api';

/** What is to become of a secret, which is never shown: as it is (or none), forgotten, or another. */
export type SecretDraft =
  | { readonly kind: 'kept' }
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'given'; readonly text: string };

/** A channel's form as it is typed. */
export interface ChannelDraft {
  readonly name: string;
  /** Open fields by name, as text. */
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretDraft>>;
}

const toText = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** The form of a channel that is there, or of a new one of this kind. A choice begins with its first. */
export function createChannelDraft(
  { title, fields }: ChannelKindForm,
  channel: ListedChannel | undefined,
): ChannelDraft {
  const open = fields.filter(({ isSecret }) => !isSecret);
  return {
    name: channel?.name ?? title,
    config: Object.fromEntries(
      open.map(({ name, choices }) => [name, channel ? toText(channel.config[name]) : (choices?.[0] ?? '')]),
    ),
    secrets: Object.fromEntries(
      fields
        .filter(({ isSecret }) => isSecret)
        .map(({ name }) => [name, channel?.secrets.includes(name) ? { kind: 'kept' } : { kind: 'given', text: '' }]),
    ),
  };
}

/**
 * What is sent to save a form. A field left empty is left out, for the server to say whether it may be; what is typed as a number is sent as one
 * where it is one, and as it was typed where it is not, so that the fault is told at its field.
 *
 * Example: port "465" becomes 465, port "x" stays "x"; a secret that is kept is not named.
 */
export function toChannelEdit(
  { id: kind, fields }: ChannelKindForm,
  { name, config, secrets }: ChannelDraft,
  version: number,
): ChannelEditRequest {
  const filled = fields.flatMap(({ name: field, input, isSecret }): [string, unknown][] => {
    const text = config[field]?.trim() ?? '';
    if (isSecret || text === '') return [];
    return [[field, input === 'number' && Number.isFinite(Number(text)) ? Number(text) : text]];
  });
  const changed = Object.entries(secrets).flatMap(([field, secret]): [string, string | null][] => {
    if (secret.kind === 'forgotten') return [[field, null]];
    return secret.kind === 'given' && secret.text !== '' ? [[field, secret.text]] : [];
  });
  return { version, kind, name: name.trim(), config: Object.fromEntries(filled), secrets: Object.fromEntries(changed) };
}

/** The faults of one field of the form: the server calls them by where the field is kept ("config.url", "secrets.password", "name"). */
export const faultOf = (faults: readonly FieldFault[], field: string): string | undefined =>
  faults.find((fault) => fault.field === field)?.message;

/** Faults that belong to no field of this form: none may be lost. */
export function otherFaults(faults: readonly FieldFault[], { fields }: ChannelKindForm): readonly FieldFault[] {
  const known = new Set(['name', ...fields.map(({ name, isSecret }) => `${isSecret ? 'secrets' : 'config'}.${name}`)]);
  return faults.filter(({ field }) => !known.has(field));
}

/** An id for a new channel, by its kind and a random part. `createChannelId('webhook', 'ab12')` is "webhook-ab12". */
export const createChannelId = (kind: string, random: string): string => `${kind}-${random}`;
