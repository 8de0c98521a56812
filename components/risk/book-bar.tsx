'use client';

import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { saveFile, toFileName } from '@/components/charts/export-chart';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { policy } from '@/lib/config/policy';
import { formatNumber } from '@/lib/format/format-number';
import { browserShelf } from '@/lib/stores/browser-shelf';
import type { KeptBook } from '@/lib/stores/kept-book';
import { CHAIN_BOOK, MOCK_BOOK } from '@/lib/stores/risk-view-state';
import type { DeskFile } from '@/lib/workers/desk/desk-protocol';
import { countPositions } from './describe-coverage';
import { tellCause } from './tell-cause';
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

/** What became of an export: the file that was handed over, or why there is none. */
export type SavedBook = { readonly file: DeskFile } | { readonly problem: string };

export interface BookBarProps {
  readonly view: RiskView;
  readonly showBook: (key: string) => Promise<unknown>;
  readonly onFile: (file: File) => void;
  /** Writes what is in view; `undefined` while there is nothing. */
  readonly save: ((format: 'json' | 'csv') => Promise<DeskFile>) | undefined;
  /** `undefined`: one is being written. */
  readonly onSaved: (saved: SavedBook | undefined) => void;
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
  const show = (book: string) => () => void showBook(book);
  const download = async (format: 'json' | 'csv') => {
    if (!save) return;
    onSaved(undefined);
    try {
      const file = await save(format);
      const type = format === 'json' ? 'application/json' : 'text/csv';
      saveFile(`${toFileName(`ballast ${name}`)}.${format}`, new Blob([file.text], { type }));
      onSaved({ file });
    } catch (cause) {
      onSaved({ problem: tellCause(cause) });
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <h1 className="mr-1 font-semibold text-[17px]">Risk</h1>
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
            checked: view.book === CHAIN_BOOK,
            onSelect: show(CHAIN_BOOK),
          },
          ...books.map((book) => ({
            key: book.id,
            label: book.name,
            detail: `${countPositions(book.count)}${book.goodRowsOnly ? ', good rows only' : ''} · kept in this browser`,
            checked: view.book === book.id,
            onSelect: show(book.id),
          })),
          {
            key: MOCK_BOOK,
            label: `Mock book · ${countPositions(policy.desk.mockPositions)}`,
            detail: 'Made up from a seed, for trying things: prices, sizes and owners are invented',
            checked: view.book === MOCK_BOOK,
            onSelect: show(MOCK_BOOK),
          },
        ]}
      />
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
      <Menu
        label="Export what is in view"
        trigger={
          <>
            <Icon name="download" size={14} /> Export
          </>
        }
        empty="Nothing to export yet."
        items={
          save
            ? [
                {
                  key: 'json',
                  label: 'Book as JSON',
                  detail: 'Positions in view',
                  onSelect: () => void download('json'),
                },
                {
                  key: 'csv',
                  label: 'Book as CSV',
                  detail: 'A row a leg, without rating, KYC and date',
                  onSelect: () => void download('csv'),
                },
              ]
            : []
        }
      />
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
