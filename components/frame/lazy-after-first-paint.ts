import { lazy } from 'react';

/**
 * `lazy`, whose code loads once the browser has painted what the server drew of it, ahead of React's asking for it, and not before: the
 * paint does not need it. Without a boundary around it the server sends it whole, and the page is taken over when the code is there.
 */
export const lazyAfterFirstPaint: typeof lazy = (load) => {
  if (typeof window !== 'undefined') {
    // The frame's callback runs before the paint of that frame, a task queued in it after. A failure is told to whoever draws it.
    requestAnimationFrame(() => setTimeout(() => void load().catch(() => undefined)));
  }
  return lazy(load);
};
