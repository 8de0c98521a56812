'use client';

import { type ClipboardEvent, useEffect, useRef } from 'react';
import { classNames } from './class-names';

export interface FigureProps {
  /** What is read: already formatted. */
  readonly text: string;
  /** Lighter, after the number. */
  readonly unit?: string | undefined;
  /** Full precision: on hover, and what a copy gives. */
  readonly exact?: string | undefined;
  /** Further words for the hover: source, age, reason. */
  readonly note?: string | undefined;
  /** A what-if changed it. */
  readonly affected?: boolean | undefined;
  readonly className?: string | undefined;
}

const TINT_MS = 600;

function isWithin(element: HTMLElement, selection: Selection | null): boolean {
  return !!selection && element.contains(selection.anchorNode) && element.contains(selection.focusNode);
}

/**
 * A figure: tabular digits, the exact value on hover and on copy, a tint of 600 ms when it changes (none with reduced motion). The tint is
 * paint only, so the layout never moves.
 */
export function Figure({ text, unit, exact, note, affected, className }: FigureProps) {
  const element = useRef<HTMLSpanElement>(null);
  const shown = useRef(text);
  const tint = useRef<Animation>(undefined);

  useEffect(() => {
    if (shown.current === text) return;
    shown.current = text;
    // While it tints it has said that it changes: a figure under a moving slider does not start over with every frame.
    if (tint.current?.playState === 'running') return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    tint.current = element.current?.animate?.(
      [{ backgroundColor: 'var(--tint)' }, { backgroundColor: 'transparent' }],
      TINT_MS,
    );
  }, [text]);

  const copyExact = (event: ClipboardEvent<HTMLSpanElement>) => {
    if (exact === undefined || !isWithin(event.currentTarget, getSelection())) return;
    event.clipboardData.setData('text/plain', exact);
    event.preventDefault();
  };

  const title = [exact !== undefined && exact !== text ? exact : undefined, note].filter(Boolean).join('\n');
  return (
    <span
      ref={element}
      onCopy={copyExact}
      title={title || undefined}
      className={classNames('whitespace-nowrap rounded-xs tabular-nums', affected && 'whatif', className)}
    >
      {text}
      {unit !== undefined && <span className="font-normal text-faint"> {unit}</span>}
    </span>
  );
}
