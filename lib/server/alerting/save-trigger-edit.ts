import 'server-only';
import type { TriggerEdit } from '@/lib/alerts/trigger-edit';
import { type Address, parseAddress } from '@/lib/domain/asset';
import { ChainUnavailableError, InvalidInputError } from '@/lib/domain/errors';
import type { Book } from '@/lib/interchange/book';
import { parseStoredBook } from '@/lib/interchange/parse-stored-book';
import { parseTrigger } from '@/lib/triggers/parse-trigger';
import type { Trigger } from '@/lib/triggers/trigger';
import type { PositionsReader, ReadResult } from '@/lib/venues/read-positions';
import type { LiveHub } from '../live-hub';
import { listChannels } from '../storage/channels';
import { inTransaction } from '../storage/in-transaction';
import type { Db } from '../storage/schema';
import { saveTrigger } from '../storage/triggers';
import { readBook, storeBook, watchOwner } from '../storage/watched';
import type { Alerting } from './start-alerting';
import { toTriggerDirectory } from './trigger-directory';
import type { NamedOwner } from './watched-owners';

export interface SaveContext extends Pick<Alerting, 'storage' | 'clock' | 'owners'> {
  readonly hub: Pick<LiveHub, 'chain'>;
  readonly positions: PositionsReader;
  readonly chainId: number;
}

function parseOwners({ owners }: TriggerEdit): readonly NamedOwner[] {
  return owners.map(({ address, label }, index) => {
    try {
      return { address: parseAddress(address), label };
    } catch (cause) {
      const faults = [{ field: `owners[${index}].address`, message: (cause as Error).message }];
      throw new InvalidInputError('TRIGGER', `owners[${index}].address: ${(cause as Error).message}`, {
        inputs: { field: faults[0]?.field, faults },
      });
    }
  });
}

/** Whose positions the trigger itself names. */
function findNamedOwner({ scope }: Trigger): Address | undefined {
  if (scope.type === 'book' || scope.book !== undefined) return undefined;
  const owner =
    scope.type === 'owner' ? scope.owner : scope.type === 'position' ? scope.id.split('~').at(-1) : undefined;
  try {
    return owner === undefined ? undefined : parseAddress(owner);
  } catch {
    // An id that names no owner names no position either, and the directory says so.
    return undefined;
  }
}

/** The book that a trigger names, as it would be watched. Errors: `InvalidInputError` BOOK with the place of a fault in its file. */
async function readNamedBook(db: Db, { scope }: Trigger, { book }: TriggerEdit): Promise<ReadonlyMap<string, Book>> {
  const id = scope.book;
  if (id === undefined) return new Map();
  const document = book?.id === id ? book.document : (await readBook(db, id))?.document;
  return document === undefined ? new Map() : new Map([[id, parseStoredBook(document)]]);
}

/** A trigger is saved only on what was seen to be there. */
async function readNow({ hub, positions }: SaveContext, owners: readonly Address[]): Promise<ReadResult> {
  const { state, identity, block, problem } = hub.chain();
  if (state !== 'live' || !identity || !block) {
    throw new ChainUnavailableError('NOT_LIVE', `Nothing was saved: ${problem ?? 'the chain cannot be seen now.'}`, {
      nextStep: 'Save again when the chain can be seen: what the trigger names is looked up there.',
    });
  }
  return positions.read({ identity, block, owners });
}

function checkRead({ owners, problems }: ReadResult, named: Address | undefined): void {
  const problem = owners.find(({ owner }) => owner === named)?.problem ?? (named ? problems[0] : undefined);
  if (problem === undefined) return;
  throw new ChainUnavailableError('NOT_READ', `Nothing was saved: ${problem}`, { nextStep: 'Save again in a moment.' });
}

/**
 * Saves a trigger with everything it needs while no browser is open: the owners it is about, and the book it names. It is checked whole first,
 * on the chain too; then all of it is written together, or nothing.
 *
 * Errors: `InvalidInputError` TRIGGER with all faults by field; `ChainUnavailableError` where what it names cannot be looked up now;
 * `StorageConflictError` VERSION, ENDED; `StorageUnavailableError`.
 */
export async function saveTriggerEdit(id: string, edit: TriggerEdit, context: SaveContext): Promise<number> {
  const { storage, clock, owners, chainId } = context;
  const { db } = storage;
  const brought = parseOwners(edit);
  const shape = parseTrigger(edit.definition);
  const named = findNamedOwner(shape);
  const asked = [...new Set([...owners.list(), ...brought.map(({ address }) => address), ...(named ? [named] : [])])];
  const [reading, channels, books] = await Promise.all([
    readNow(context, asked),
    listChannels(db),
    readNamedBook(db, shape, edit),
  ]);
  checkRead(reading, named);
  const directory = toTriggerDirectory({
    reading,
    books,
    channelIds: new Set(channels.map((channel) => channel.id)),
    nowMs: clock.now(),
  });
  const trigger = parseTrigger(edit.definition, directory);
  const toWatch = new Map(brought.map((owner) => [owner.address, owner.label]));
  if (named && !toWatch.has(named)) toWatch.set(named, owners.name(named));
  return inTransaction(db, async (transaction) => {
    const atMs = clock.now();
    for (const [address, label] of toWatch) await watchOwner(transaction, { chainId, address, label }, atMs);
    if (edit.book?.id === trigger.scope.book && edit.book)
      await storeBook(transaction, { ...edit.book, storedAtMs: atMs });
    return saveTrigger(transaction, { id, version: edit.version }, trigger, atMs);
  });
}
