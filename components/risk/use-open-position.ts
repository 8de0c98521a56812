'use client';

import { useSearchParams } from 'next/navigation';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { CHAIN_BOOK } from '@/lib/stores/risk-view-state';

/** What opens with a row: a page of its own, or its details over the table. */
export type OpenRow =
  | { readonly kind: 'page'; readonly hrefOf: (id: string) => string }
  | { readonly kind: 'details'; readonly onOpen: (id: string) => void };

export interface OpenPosition {
  readonly openRow: OpenRow;
  /** Whose details the link shows. */
  readonly id: string | null;
  readonly close: () => void;
}

/**
 * The position the link looks into. One from a chain has its page, the link's choices kept; one of any other book stands in
 * this browser alone, and opens over the table.
 */
export function useOpenPosition(book: string): OpenPosition {
  const [id, setId] = useQueryState('position', parseAsString.withOptions({ history: 'push', shallow: true }));
  const search = useSearchParams().toString();
  const openRow = useMemo<OpenRow>(
    () =>
      book === CHAIN_BOOK
        ? { kind: 'page', hrefOf: (row) => `/positions/${row}${search ? `?${search}` : ''}` }
        : { kind: 'details', onOpen: (row) => void setId(row) },
    [book, search, setId],
  );
  return { openRow, id: book === CHAIN_BOOK ? null : id, close: () => void setId(null, { history: 'replace' }) };
}
