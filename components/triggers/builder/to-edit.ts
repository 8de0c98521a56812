import type { TriggerEdit } from '@/lib/alerts/trigger-edit';
import { policy } from '@/lib/config/policy';
import type { KeptBook } from '@/lib/stores/kept-book';
import type { Trigger } from '@/lib/triggers/trigger';
import { listOwners } from '@/lib/watch/list-owners';
import type { Surroundings } from './use-surroundings';

/** A book as the server stores it: its file's own text and how it was taken in. */
const toDocument = ({ text, goodRowsOnly }: KeptBook) => ({ text, goodRowsOnly });

/** What is sent to save a trigger: with it go those whom the server must watch for it, and the book it names where this browser keeps it. */
export function toEdit(
  trigger: Trigger,
  version: number,
  { positions, names, books }: Pick<Surroundings, 'positions' | 'names' | 'books'>,
): TriggerEdit {
  const owners = listOwners(trigger, positions, policy.alerts.mostOwners);
  const book = books?.find(({ id }) => id === trigger.scope.book);
  return {
    version,
    definition: trigger,
    owners: owners.map((address) => ({ address, label: names.nameOwner(address, undefined) })),
    ...(book && { book: { id: book.id, name: book.name, document: toDocument(book) } }),
  };
}
