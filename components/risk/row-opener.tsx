'use client';

import Link from 'next/link';
import type { KeyboardEvent, MouseEvent } from 'react';
import type { OpenRow } from './use-open-position';

/** A position's name, which opens it: a link to its page, or a button for its details. */
export function RowOpener(props: {
  readonly id: string;
  readonly openRow: OpenRow;
  readonly isTabbable?: boolean;
  readonly onFocus?: () => void;
  readonly className?: string;
}) {
  const { id, openRow, isTabbable = true, onFocus, className = '' } = props;
  const shared = { 'data-row': '', tabIndex: isTabbable ? 0 : -1, title: id, onFocus };
  if (openRow.kind === 'page') {
    return (
      <Link href={openRow.hrefOf(id)} prefetch={false} className={`block truncate ${className}`} {...shared}>
        {id}
      </Link>
    );
  }
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={() => openRow.onOpen(id)}
      className={`max-w-full truncate ${className}`}
      {...shared}
    >
      {id}
    </button>
  );
}

/** A click anywhere on a row is one on its opener, but for what can be clicked itself and for text that was just chosen. */
export function openFromRow(event: MouseEvent<HTMLElement>): void {
  if (event.defaultPrevented || !(event.target instanceof Element) || event.target.closest('a, button')) return;
  if (getSelection()?.toString()) return;
  event.currentTarget.querySelector<HTMLElement>('[data-row]')?.click();
}

/** Arrow keys move among the rows that are drawn; the next ones are drawn as they come near. */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !(event.target instanceof HTMLElement) || !event.target.matches('[data-row]')) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  event.preventDefault();
  rows[rows.indexOf(event.target) + step]?.focus();
}
