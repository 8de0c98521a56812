'use client';

import { useRef, useState } from 'react';
import { policy } from '@/lib/config/policy';
import { isJsonBook } from '@/lib/domain/is-json-book';
import { formatNumber } from '@/lib/format/format-number';
import { browserShelf } from '@/lib/stores/browser-shelf';
import type { CheckedSource } from '@/lib/workers/desk/desk-protocol';
import { tellCause } from './tell-cause';
import type { Desk } from './use-desk';

export interface ImportProblem {
  readonly name: string;
  /** What is wrong and where. */
  readonly message: string;
  /** The file's text, where the rows in order may be taken instead. */
  readonly csv: string | undefined;
}

export interface ImportState {
  /** Name of the file that is being read. */
  readonly reading: string | undefined;
  readonly problem: ImportProblem | undefined;
  /** Of the last book taken in: what was left out. */
  readonly leftOut: { readonly name: string; readonly positions: CheckedSource['leftOut'] } | undefined;
  take(file: File): void;
  takeGoodRows(problem: ImportProblem): void;
  cancel(): void;
  dismiss(): void;
}

const MEGABYTE = 1_048_576;

/**
 * Takes books in: read and checked by the desk before anything is kept or shown, so that a bad file, or one that is given up, changes nothing.
 */
export function useImport(desk: Pick<Desk, 'check'>, showBook: (id: string) => Promise<unknown>): ImportState {
  const [reading, setReading] = useState<string>();
  const [problem, setProblem] = useState<ImportProblem>();
  const [leftOut, setLeftOut] = useState<ImportState['leftOut']>();
  const controller = useRef<AbortController>(undefined);

  const read = async (name: string, getText: () => Promise<string>, goodRowsOnly: boolean): Promise<void> => {
    controller.current?.abort();
    const current = new AbortController();
    controller.current = current;
    setReading(name);
    setProblem(undefined);
    setLeftOut(undefined);
    let text = '';
    const shelf = browserShelf.getState();
    try {
      text = await getText();
      const importedAtMs = Date.now();
      const id = `book-${importedAtMs.toString(36)}`;
      const source = { kind: 'file', text, goodRowsOnly } as const;
      const { count, leftOut: positions } = await desk.check(source, current.signal);
      current.signal.throwIfAborted();
      await shelf.keep({ id, name, text, goodRowsOnly, count, importedAtMs });
      if (current.signal.aborted) {
        await shelf.remove(id);
        return;
      }
      if (positions.length > 0) setLeftOut({ name, positions });
      await showBook(id);
    } catch (cause) {
      if (current.signal.aborted) return;
      setProblem({
        name,
        message: tellCause(cause),
        csv: !goodRowsOnly && text !== '' && !isJsonBook(text) ? text : undefined,
      });
    } finally {
      if (controller.current === current) setReading(undefined);
    }
  };

  return {
    reading,
    problem,
    leftOut,
    take(file) {
      if (file.size > policy.desk.maxFileBytes) {
        const [size, most] = [file.size, policy.desk.maxFileBytes].map((bytes) => formatNumber(bytes / MEGABYTE, 0));
        const message = `The file has ${size} MB; up to ${most} MB are taken in here. The command line reads books of any size.`;
        setProblem({ name: file.name, message, csv: undefined });
        return;
      }
      void read(file.name, () => file.text(), false);
    },
    takeGoodRows({ name, csv }) {
      if (csv !== undefined) void read(name, async () => csv, true);
    },
    cancel() {
      controller.current?.abort();
      setReading(undefined);
    },
    dismiss() {
      setProblem(undefined);
      setLeftOut(undefined);
    },
  };
}
