import 'server-only';
import type { ChannelEditRequest } from '@/lib/alerts/channel-list';
import { InvalidInputError } from '@/lib/domain/errors';
import { saveChannel } from '../storage/channels';
import { inTransaction } from '../storage/in-transaction';
import type { Db } from '../storage/schema';
import { type ChannelForDelivery, readChannelForDelivery } from '../storage/secrets-for-delivery';
import type { ChannelKind } from './channels/channel-kind';
import { CHANNEL_KINDS } from './channels/registry';

function fault(field: string, message: string): InvalidInputError {
  return new InvalidInputError('CHANNEL', `${field}: ${message}`, { inputs: { field, faults: [{ field, message }] } });
}

/** A kind's own words for what is wrong, as a fault of its field. */
function parseSettings(kind: ChannelKind, settings: { readonly config: object; readonly secrets: object }) {
  try {
    return kind.parse(settings);
  } catch (cause) {
    if (!(cause instanceof InvalidInputError)) throw cause;
    const field = String(cause.detail.inputs?.field ?? 'config');
    throw fault(field, cause.message.replace(`${field}: `, ''));
  }
}

/** Whoever changes where a secret is sent to must know it, or a test would hand it to them. */
function checkKeptSecrets(kind: ChannelKind, stored: ChannelForDelivery, config: object, given: object): void {
  const [before, after] = [new Map(Object.entries(stored.config ?? {})), new Map(Object.entries(config))];
  if (kind.secretsGoTo.every((name) => before.get(name) === after.get(name))) return;
  const kept = Object.keys(stored.secrets).find((name) => !Object.hasOwn(given, name));
  if (kept !== undefined) throw fault(`secrets.${kept}`, 'must be given again, since it would be sent somewhere else');
}

/**
 * Saves a channel: its settings are checked whole by its kind, with the secrets that stay as they are, before anything is written. Where
 * secrets are sent to changes only with the secrets themselves; what a secret merely signs (a webhook) may go anywhere. The kind of a channel that
 * is there does not change. Gives the new version.
 *
 * Errors: `InvalidInputError` CHANNEL with the field; `StorageConflictError` VERSION; `StorageUnavailableError`.
 */
export function saveChannelEdit(db: Db, id: string, edit: ChannelEditRequest, atMs: number): Promise<number> {
  const kind = CHANNEL_KINDS.find((candidate) => candidate.id === edit.kind);
  if (!kind) throw fault('kind', `there is no kind of channel "${edit.kind}"`);
  return inTransaction(db, async (transaction) => {
    const stored = edit.version > 0 ? await readChannelForDelivery(transaction, id) : undefined;
    if (stored && stored.kind !== kind.id) throw fault('kind', 'the kind of a channel does not change');
    const given = Object.entries({ ...stored?.secrets, ...edit.secrets });
    const secrets = Object.fromEntries(given.filter(([, value]) => value !== null));
    const { config } = parseSettings(kind, { config: edit.config, secrets });
    if (stored) checkKeptSecrets(kind, stored, config, edit.secrets);
    const settings = { kind: kind.id, name: edit.name, config };
    return saveChannel(transaction, { id, version: edit.version, settings, secrets: edit.secrets }, atMs);
  });
}
