import 'server-only';
import type { StoragePool } from './storage-pool';

type Hear = (payload: string | undefined) => void;

/** Who hears one channel over the one connection. */
interface Line {
  readonly ears: Set<{ readonly hear: Hear }>;
  readonly end: () => void;
  /** Whether it was ever heard on: only then is there something a newcomer may have missed that nobody will tell it of. */
  isOpen: boolean;
}

/**
 * Lets any number listen to a channel over one source of wake-ups, opened for the first of them and ended with the last: on a server each source
 * is a connection, of which it has few. Each is told as if the source were its own (`StoragePool.listen`): a newcomer hears `undefined` first, at
 * once if the source is open. One that throws keeps nothing from the others.
 */
export class SharedListener {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly open: StoragePool['listen']) {}

  listen(channel: string, hear: Hear): () => void {
    const line = this.lines.get(channel) ?? this.openLine(channel);
    const ear = { hear };
    line.ears.add(ear);
    if (line.isOpen) tell(line, ear, undefined);
    return () => {
      if (!line.ears.delete(ear) || line.ears.size > 0) return;
      this.lines.delete(channel);
      line.end();
    };
  }

  /** Ends all of it; nobody hears anything any more. */
  stop(): void {
    for (const { ears, end } of this.lines.values()) {
      ears.clear();
      end();
    }
    this.lines.clear();
  }

  private openLine(channel: string): Line {
    const end = this.open(channel, (payload) => {
      line.isOpen = true;
      for (const ear of line.ears) tell(line, ear, payload);
    });
    const line: Line = { ears: new Set(), end, isOpen: false };
    this.lines.set(channel, line);
    return line;
  }
}

/** In a turn of its own, in order: whoever fails fails alone, and nobody is called back while it is still asking. */
function tell(line: Line, ear: { readonly hear: Hear }, payload: string | undefined): void {
  queueMicrotask(() => {
    if (line.ears.has(ear)) ear.hear(payload);
  });
}
