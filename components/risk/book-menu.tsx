'use client';

import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { policy } from '@/lib/config/policy';
import type { KeptBook } from '@/lib/stores/kept-book';
import { CHAIN_BOOK, MOCK_BOOK } from '@/lib/stores/risk-view-state';
import { countPositions } from './describe-coverage';

/** The books there are: the chain's, those kept in this browser, the mock. */
export function BookMenu(props: {
  readonly books: readonly KeptBook[];
  /** Key and name of the one that is shown. */
  readonly chosen: string;
  readonly name: string;
  readonly showBook: (key: string) => Promise<unknown>;
}) {
  const { books, chosen, name, showBook } = props;
  const show = (book: string) => () => void showBook(book);
  return (
    <Menu
      label={`Book: ${name}`}
      trigger={
        <>
          <span className="max-w-56 truncate">{name}</span>
          <Icon name="down" size={12} />
        </>
      }
      items={[
        {
          key: CHAIN_BOOK,
          label: 'From chain',
          detail: 'The accounts chosen at the top of the page',
          checked: chosen === CHAIN_BOOK,
          onSelect: show(CHAIN_BOOK),
        },
        ...books.map((book) => ({
          key: book.id,
          label: book.name,
          detail: `${countPositions(book.count)}${book.goodRowsOnly ? ', good rows only' : ''} · kept in this browser`,
          checked: chosen === book.id,
          onSelect: show(book.id),
        })),
        {
          key: MOCK_BOOK,
          label: `Mock book · ${countPositions(policy.desk.mockPositions)}`,
          detail: 'Made up from a seed, for trying things: prices, sizes and owners are invented',
          checked: chosen === MOCK_BOOK,
          onSelect: show(MOCK_BOOK),
        },
      ]}
    />
  );
}
