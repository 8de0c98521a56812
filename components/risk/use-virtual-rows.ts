'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';

/** Rows drawn beyond what is seen, so that scrolling finds them there. */
const OVERSCAN = 8;

export interface VirtualRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** First row drawn, and the one behind the last. */
  readonly start: number;
  readonly end: number;
  /** Height of what is not drawn, above and below. */
  readonly above: number;
  readonly below: number;
}

/** Which of many rows of one height are to be drawn: those in view of a scrolling box. */
export function useVirtualRows(count: number, rowPx: number): VirtualRows {
  const scroller = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const follow = () => setSeen({ top: box.scrollTop, height: box.clientHeight || 600 });
    follow();
    box.addEventListener('scroll', follow, { passive: true });
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(follow);
    observer?.observe(box);
    return () => {
      box.removeEventListener('scroll', follow);
      observer?.disconnect();
    };
  }, []);
  const last = Math.max(0, count - 1);
  const start = Math.min(last, Math.max(0, Math.floor(seen.top / rowPx) - OVERSCAN));
  const end = Math.min(count, Math.ceil((seen.top + seen.height) / rowPx) + OVERSCAN);
  return { scroller, start, end, above: start * rowPx, below: Math.max(0, count - end) * rowPx };
}
