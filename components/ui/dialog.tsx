'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button';
import { Icon } from './icon';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Spoken only: the content shows what it is. */
  readonly titleHidden?: boolean;
}

/**
 * A native modal dialog, open while it is mounted: the browser keeps focus inside, closes on Esc and gives focus back to where it came
 * from. A click beside it closes it too.
 */
export function Dialog({ title, onClose, children, titleHidden = false }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = element.current;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    // The browser's own choice is the first that can take focus, which may be a mere container.
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => dialog.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way to close a modal dialog, and the browser brings it.
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && element.current?.close()}
      className="mx-auto mt-[12vh] w-[min(560px,calc(100vw-24px))] rounded-lg bg-panel p-0 text-text shadow-float"
    >
      <div className="max-h-[72vh] overflow-auto">
        <div
          className={
            titleHidden ? 'sr-only' : 'flex items-center justify-between gap-4 border-line border-b px-4 py-2.5'
          }
        >
          <h2 id={titleId} className="font-semibold text-[15px]">
            {title}
          </h2>
          {!titleHidden && (
            <Button kind="quiet" aria-label="Close" onClick={() => element.current?.close()}>
              <Icon name="close" />
            </Button>
          )}
        </div>
        {children}
      </div>
    </dialog>
  );
}
