'use client';

import { saveFile, toFileName } from '@/components/charts/export-chart';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import type { DeskFile } from '@/lib/workers/desk/desk-protocol';
import { tellCause } from './tell-cause';

/** What became of an export: the file that was handed over, or why there is none. */
export type SavedBook = { readonly file: DeskFile } | { readonly problem: string };

export interface ExportMenuProps {
  /** Of the book: the file is named after it. */
  readonly name: string;
  /** Writes what is in view; `undefined` while there is nothing. */
  readonly save: ((format: 'json' | 'csv') => Promise<DeskFile>) | undefined;
  /** `undefined`: one is being written. */
  readonly onSaved: (saved: SavedBook | undefined) => void;
}

/** The positions in view as a file. */
export function ExportMenu({ name, save, onSaved }: ExportMenuProps) {
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
  );
}
