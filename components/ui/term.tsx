'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { placeBelow } from './popover';

export interface TermProps {
  readonly children: ReactNode;
  readonly definition: string;
  readonly formula?: string;
  /** This position's own numbers put in. */
  readonly example?: string;
  /** Where the word is also a control, such as a column's head. */
  readonly onClick?: () => void;
}

/** A word of the field with what it means: on hover, on focus and on tap; Esc hides it. */
export function Term({ children, definition, formula, example, onClick }: TermProps) {
  const word = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const id = useId();

  useEffect(() => {
    const element = panel.current;
    if (!open || !element || !word.current) return;
    element.showPopover?.();
    placeBelow(word.current, element);
    return () => element.hidePopover?.();
  }, [open]);

  return (
    <>
      <button
        ref={word}
        type="button"
        onClick={onClick}
        aria-describedby={open ? id : undefined}
        onPointerEnter={() => setOpen(true)}
        onPointerLeave={() => setOpen(false)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !open) return;
          event.stopPropagation();
          setOpen(false);
        }}
        className={`relative decoration-dotted underline-offset-2 hover:underline ${onClick ? '' : 'cursor-help'}`}
      >
        {children}
      </button>
      {open && (
        <span
          ref={panel}
          id={id}
          role="tooltip"
          popover="manual"
          className="fixed block max-w-80 whitespace-normal rounded-md bg-panel p-3 text-left font-normal text-[13px] text-text leading-[18px] shadow-float"
        >
          {definition}
          {formula && <span className="mono mt-1.5 block text-muted">{formula}</span>}
          {example && <span className="mono mt-1 block text-muted">{example}</span>}
        </span>
      )}
    </>
  );
}
