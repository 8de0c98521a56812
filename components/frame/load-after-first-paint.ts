/**
 * Loads code once the browser has painted what the server drew, ahead of React's asking for it. Not before: the paint does not need it.
 * Does nothing on the server. A failure is left to whoever asks next, who is told of it then.
 */
export function loadAfterFirstPaint(load: () => Promise<unknown>): void {
  if (typeof window === 'undefined') return;
  // The frame's callback runs before the paint of that frame, a task queued in it after.
  requestAnimationFrame(() => setTimeout(() => void load().catch(() => undefined)));
}
