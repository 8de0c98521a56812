/** Time as an argument, so that silence, back-off and time limits can be played in tests. */
export interface Clock {
  /** Wall clock, milliseconds. */
  now(): number;
  /** Runs once after so many milliseconds; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Runs again and again, the next time counted from the end of the last; the answer ends it. */
export function repeat(clock: Clock, everyMs: number, run: () => void): () => void {
  let stopped = false;
  let cancel = clock.after(everyMs, function again() {
    run();
    if (!stopped) cancel = clock.after(everyMs, again);
  });
  return () => {
    stopped = true;
    cancel();
  };
}
