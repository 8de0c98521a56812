interface LateStart {
  /** Loads and starts, unless that is under way or done. A failure is left to the next try. */
  readonly tryStart: () => void;
  /** Ends what was started; nothing starts any more. */
  readonly stop: () => void;
}

/** For what is loaded after the first paint, over a network that may fail. `load` gives what starts it, and that what ends it. */
export function startOnceLoaded(load: () => Promise<() => () => void>): LateStart {
  let state: 'waiting' | 'loading' | 'started' | 'stopped' = 'waiting';
  let end: (() => void) | undefined;
  const isStopped = () => state === 'stopped';

  const tryStart = async () => {
    if (state !== 'waiting') return;
    state = 'loading';
    let start: () => () => void;
    try {
      start = await load();
    } catch {
      if (!isStopped()) state = 'waiting';
      return;
    }
    if (isStopped()) return;
    state = 'started';
    end = start();
  };
  return {
    tryStart: () => void tryStart(),
    stop: () => {
      state = 'stopped';
      end?.();
      end = undefined;
    },
  };
}
