'use client';

import { useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useIsNarrow } from '@/components/ui/use-is-narrow';
import { formatNumber } from '@/lib/format/format-number';
import { browserShelf } from '@/lib/stores/browser-shelf';
import { MOCK_BOOK } from '@/lib/stores/risk-view-state';
import { BookBar } from './book-bar';
import { DeskFigures } from './desk-figures';
import { DeskLost } from './desk-lost';
import { DropZone } from './drop-zone';
import type { SavedBook } from './export-menu';
import { ExportNotice } from './export-notice';
import { ImportNotices } from './import-notices';
import { PositionDialog } from './position-dialog';
import { ProgressLine } from './progress-line';
import { useBookSource } from './use-book-source';
import { useDesk } from './use-desk';
import { useDeskClient } from './use-desk-client';
import { useImport } from './use-import';
import { useOpenPosition } from './use-open-position';
import { NOTHING_CHOSEN, useRiskView } from './use-risk-view';

/** What the shelf has to say: what it could not keep, or cannot read. */
function ShelfNotices() {
  const problem = useStore(browserShelf, (state) => state.problem);
  const unreadableCount = useStore(browserShelf, (state) => state.unreadableCount);
  return (
    <>
      {problem && <Notice title="Books of this browser">{problem}</Notice>}
      {unreadableCount > 0 && (
        <Notice title={`${formatNumber(unreadableCount, 0)} books kept in this browser cannot be read`}>
          They were kept by another version of Ballast. They stay where they are; import their files again to see them.
        </Notice>
      )}
    </>
  );
}

/** Risk: the exposure of a book, what is behind every mark, and the ways of a book in and out. */
export function RiskScreen() {
  const { view, setView, request } = useRiskView();
  const isNarrow = useIsNarrow();
  const { state, retry } = useDeskClient();
  const client = state.kind === 'ready' ? state.client : undefined;
  const { source, standings, isMissing } = useBookSource(view.book, request.whatIf);
  const desk = useDesk(client, view.book, source, request, standings);
  const [saved, setSaved] = useState<SavedBook>();
  const { shown, isBusy, problem, progress } = desk;
  const { openRow, id: openId, close } = useOpenPosition(view.book);
  /** Another book from its beginning: what was chosen and looked into in the one before is let go. */
  const showBook = (book: string): Promise<unknown> => {
    close();
    return setView({ ...NOTHING_CHOSEN, book });
  };
  const importing = useImport(desk, showBook);

  const save =
    shown &&
    ((format: 'json' | 'csv') =>
      shown.opened.client.run('save', {
        format,
        view: { ...request, standings, ticket: shown.opened.ticket, withBadDebt: false, rowsKey: undefined },
      }));
  return (
    <>
      <DropZone onFile={importing.take} />
      <div className="mb-3 flex flex-wrap items-center justify-between gap-x-4">
        <BookBar {...{ view, showBook, save }} onFile={importing.take} onSaved={setSaved} />
        <ProgressLine progress={progress} onCancel={importing.reading === undefined ? undefined : importing.cancel} />
      </div>
      <div className="grid gap-2 empty:hidden">
        <ImportNotices state={importing} />
        <ShelfNotices />
        <ExportNotice saved={saved} onDismiss={() => setSaved(undefined)} />
        {state.kind === 'lost' && <DeskLost reason={state.reason} isShown={shown !== undefined} onRetry={retry} />}
        {problem && (
          <Notice title="This book cannot be shown" details={problem}>
            It stays as it is. What is wrong with it stands under Details.
          </Notice>
        )}
      </div>
      {isMissing ? (
        <EmptyState
          title="This book is not in this browser"
          action={<Button onClick={() => void showBook(MOCK_BOOK)}>Show the mock book</Button>}
        >
          Imported books are kept where they were imported. Import its file here to see what the link shows.
        </EmptyState>
      ) : shown && shown.opened.count === 0 ? (
        <EmptyState
          title="No positions in this book"
          action={<Button onClick={() => void showBook(MOCK_BOOK)}>Show the mock book</Button>}
        >
          Here stand exposure, concentration and the liquidation curve of a book. Import one, or watch an address.
        </EmptyState>
      ) : shown ? (
        <DeskFigures {...{ shown, isBusy, view, setView, openRow, isNarrow }} />
      ) : (
        !problem && state.kind !== 'lost' && <Skeleton className="mt-2 h-[60vh] w-full" />
      )}
      {shown && openId !== null && <PositionDialog key={openId} {...{ shown, isBusy }} id={openId} onClose={close} />}
    </>
  );
}
