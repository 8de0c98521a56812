'use client';

import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react';
import { buttonClass } from './button';
import { classNames } from './class-names';

const GAP_PX = 6;
const MARGIN_PX = 8;

/** Puts a floating panel under its trigger, or above where there is no room below, and inside the window either way. */
export function placeBelow(trigger: HTMLElement, panel: HTMLElement): void {
  const from = trigger.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const left = Math.max(MARGIN_PX, Math.min(from.left, innerWidth - width - MARGIN_PX));
  const below = from.bottom + GAP_PX;
  const above = from.top - GAP_PX - height;
  const top = below + height > innerHeight - MARGIN_PX && above >= MARGIN_PX ? above : below;
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}

export interface PopoverProps {
  /** What the trigger shows. */
  readonly trigger: ReactNode;
  /** Name of the trigger where its content does not say it. */
  readonly label?: string;
  /** Drawn only while open. `close` closes it and gives focus back to the trigger. */
  readonly children: (close: () => void) => ReactNode;
  readonly className?: string;
  readonly panelClassName?: string;
  readonly role?: 'menu' | 'dialog';
}

/**
 * A button and the panel it opens, by the browser's own Popover API: one at a time, Esc and a click elsewhere close it, focus goes back to
 * the button.
 */
export function Popover({ trigger, label, children, className, panelClassName, role = 'dialog' }: PopoverProps) {
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const id = useId();
  const close = useCallback(() => {
    panel.current?.hidePopover();
    button.current?.focus();
  }, []);

  useEffect(() => {
    const element = panel.current;
    if (!element) return;
    // React renders `popover` but leaves its events to us.
    const follow = (event: Event) => setOpen((event as ToggleEvent).newState === 'open');
    element.addEventListener('toggle', follow);
    return () => element.removeEventListener('toggle', follow);
  }, []);

  useEffect(() => {
    if (!open || !button.current || !panel.current) return;
    placeBelow(button.current, panel.current);
    panel.current.querySelector<HTMLElement>('[data-autofocus], [role^="menuitem"], input, button, a')?.focus();
  }, [open]);

  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup={role}
        aria-expanded={open}
        {...(label ? { 'aria-label': label } : {})}
        className={className ?? buttonClass()}
      >
        {trigger}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role={role}
        {...(label ? { 'aria-label': label } : {})}
        className={classNames(
          'fixed max-h-[80vh] max-w-[calc(100vw-16px)] overflow-auto rounded-lg bg-panel text-text shadow-float',
          panelClassName ?? 'p-3',
        )}
      >
        {open && children(close)}
      </div>
    </>
  );
}
