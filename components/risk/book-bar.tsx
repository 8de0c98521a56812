'use client';

import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { policy } from '@/lib/config/policy';
import { formatNumber } from '@/lib/format/format-number';
import { browserShelf } from '@/lib/stores/browser-shelf';
import type { KeptBook } from '@/lib/stores/kept-book';
import { CHAIN_BOOK, MOCK_BOOK } from '@/lib/stores/risk-view-state';
import { BookMenu } from './book-menu';
import { ExportMenu, type ExportMenuProps } from './export-menu';
import type { RiskView } from './use-risk-view';

function ConfirmDelete({
  book,
  onClose,
  onGone,
}: {
  readonly book: KeptBook;
  readonly onClose: () => void;
  readonly onGone: () => void;
}) {
  return (
    <Dialog title={`Delete “${book.name}”?`} onClose={onClose}>
      <div className="px-4 py-3 text-[13px]">
        <p>It is kept in this browser only. The file it came from stays where it is.</p>
        <div className="mt-3 flex gap-2">
          <Button
            kind="primary"
            data-autofocus=""
            onClick={() => {
              onClose();
              onGone();
              void browserShelf.getState().remove(book.id);
            }}
          >
            Delete
          </Button>
          <Button onClick={onClose}>Keep</Button>
        </div>
      </div>
    </Dialog>
  );
}

export interface BookBarProps extends Pick<ExportMenuProps, 'save' | 'onSaved'> {
  readonly view: RiskView;
  readonly showBook: (key: string) => Promise<unknown>;
  readonly onFile: (file: File) => void;
}

/** Which book is shown, and the ways in and out of it. */
export function BookBar({ view, showBook, onFile, save, onSaved }: BookBarProps) {
  const books = useStore(browserShelf, (state) => state.books) ?? [];
  const input = useRef<HTMLInputElement>(null);
  const [isDeleting, setIsDeleting] = useState(false);
  const kept = books.find(({ id }) => id === view.book);
  const name =
    view.book === CHAIN_BOOK
      ? 'From chain'
      : view.book === MOCK_BOOK
        ? `Mock book · ${formatNumber(policy.desk.mockPositions, 0)}`
        : (kept?.name ?? 'A book that is not here');
  return (
    <div className="flex flex-wrap items-center gap-2">
      <h1 className="mr-1 font-semibold text-[17px]">Risk</h1>
      <BookMenu {...{ books, name, showBook }} chosen={view.book} />
      {kept?.goodRowsOnly && <span className="text-warning text-xs">not all of its file: good rows only</span>}
      <Button onClick={() => input.current?.click()}>Import…</Button>
      <input
        ref={input}
        type="file"
        accept=".json,.csv,application/json,text/csv"
        aria-label="A book to import, JSON or CSV"
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
          // The same file, mended, may be chosen again.
          event.target.value = '';
        }}
      />
      <ExportMenu {...{ name, save, onSaved }} />
      {kept && (
        <Button kind="quiet" onClick={() => setIsDeleting(true)}>
          Delete…
        </Button>
      )}
      <span className="text-faint text-xs max-md:hidden">or drop a file anywhere</span>
      {kept && isDeleting && (
        <ConfirmDelete book={kept} onClose={() => setIsDeleting(false)} onGone={() => void showBook(CHAIN_BOOK)} />
      )}
    </div>
  );
}
