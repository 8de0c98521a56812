'use client';

import { useEffect, useLayoutEffect, useRef } from 'react';
import { type Action, resolveShortcut } from './shortcuts';

const SEQUENCE_MS = 1_000;
const TEXTLESS = new Set(['range', 'checkbox', 'radio', 'button', 'submit']);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !TEXTLESS.has(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Listens for the product's keys. `act` says whether it took the key; while `suspended` (a dialog is open) none is taken. */
export function useShortcuts(act: (action: Action) => boolean, suspended: boolean): void {
  const latest = useRef({ act, suspended });
  // With the screen itself, not after it: a key pressed as soon as a page shows is that page's.
  useLayoutEffect(() => {
    latest.current = { act, suspended };
  });

  useEffect(() => {
    let gAtMs = Number.NEGATIVE_INFINITY;
    const listen = (event: KeyboardEvent) => {
      if (latest.current.suspended || event.defaultPrevented) return;
      // A modal dialog has the keys to itself, whoever opened it; Esc first closes what floats.
      if (document.querySelector('dialog[open]')) return;
      if (event.key === 'Escape' && document.querySelector(':popover-open')) return;
      const { action, afterG } = resolveShortcut(
        {
          key: event.key,
          ctrlOrMeta: event.ctrlKey || event.metaKey,
          alt: event.altKey,
          typing: isTyping(event.target),
        },
        event.timeStamp - gAtMs < SEQUENCE_MS,
      );
      gAtMs = afterG ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (action && latest.current.act(action)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
