import 'server-only';
import type { AlertEvent } from '@/lib/alerts/alert-event';
import { policy } from '@/lib/config/policy';
import { repeat } from '@/lib/feeds/clock';
import { countUnacknowledged, readLastFiringId } from '../storage/firings';
import { toChannel } from '../storage/wake-ups';
import { listLoggedFirings } from './list-logged-firings';
import { readWatchStatus } from './read-watch-status';
import type { Alerting } from './start-alerting';

export interface AlertStreamOptions {
  readonly alerting: Alerting;
  /** The last firing that the reader has; `undefined`: it begins with the newest. */
  readonly afterId: number | undefined;
  readonly signal: AbortSignal;
  readonly onClose: () => void;
}

type Body = AlertEvent extends infer Event
  ? Event extends AlertEvent
    ? Omit<Event, 'serverTimeMs' | 'unacknowledged'>
    : never
  : never;

/** Events that may wait for a reader before it is given up: it comes back and goes on after its last firing. */
const MOST_QUEUED = 512;

/**
 * A browser's stream of alerts (`AlertEvent`): what fired after `afterId` first, then `ready`, then each firing as it is recorded, by whichever
 * instance, and that something else has changed. Nothing is left out: firings are read from the log in the order of their ids, whatever wake-ups were
 * missed. A reader that does not keep up is cut off, and comes back with its Last-Event-ID.
 */
export function openAlertStream(options: AlertStreamOptions): ReadableStream<Uint8Array> {
  let stream: AlertStream | undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        stream = new AlertStream(options, controller);
      },
      cancel() {
        stream?.close();
      },
    },
    { highWaterMark: MOST_QUEUED },
  );
}

class AlertStream {
  private readonly encoder = new TextEncoder();
  private lastId: number | undefined;
  private isReady = false;
  private isClosed = false;
  private isReading = false;
  private isAskedAgain = false;
  private saidStatus = '';
  private isStatusDue = true;
  private unacknowledged = 0;
  private readonly changed = new Set<'triggers' | 'firings'>();
  private readonly endings: (() => void)[] = [];

  constructor(
    private readonly options: AlertStreamOptions,
    private readonly controller: ReadableStreamDefaultController<Uint8Array>,
  ) {
    const { alerting, signal, afterId } = options;
    const { storage, clock } = alerting;
    this.lastId = afterId;
    this.endings.push(
      storage.listen(toChannel('firings'), () => this.look('firings')),
      storage.listen(toChannel('triggers'), () => this.look('triggers')),
      repeat(clock, policy.alerts.streamStatusEveryMs, () => {
        this.isStatusDue = true;
        this.look(undefined);
      }),
    );
    signal.addEventListener('abort', () => this.close(), { once: true });
    if (signal.aborted) this.close();
    else this.look(undefined);
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const end of this.endings) end();
    this.options.onClose();
    try {
      this.controller.close();
    } catch {
      // Cancelled by its reader, it is closed already.
    }
  }

  /** Reads on, one reading at a time. */
  private look(what: 'triggers' | 'firings' | undefined): void {
    if (this.isClosed) return;
    if (what) this.changed.add(what);
    this.isAskedAgain = true;
    if (this.isReading) return;
    this.isReading = true;
    void this.run().finally(() => {
      this.isReading = false;
      if (this.isAskedAgain) this.look(undefined);
    });
  }

  private async run(): Promise<void> {
    while (this.isAskedAgain && !this.isClosed) {
      this.isAskedAgain = false;
      try {
        await this.readOn();
      } catch {
        // The storage is away: the stream says so by its status, and reads on when it is asked again.
        this.sayStatus();
        return;
      }
    }
  }

  private async readOn(): Promise<void> {
    const { db } = this.options.alerting.storage;
    this.lastId ??= await readLastFiringId(db);
    let isWhole = false;
    while (!isWhole && !this.isClosed) {
      const firings = await listLoggedFirings(db, { afterId: this.lastId, limit: policy.alerts.pageSize });
      this.unacknowledged = await countUnacknowledged(db);
      for (const firing of firings) {
        this.lastId = firing.id;
        this.send({ type: 'firing', firing, isMissed: !this.isReady }, firing.id);
      }
      isWhole = firings.length < policy.alerts.pageSize;
    }
    for (const what of this.changed) this.send({ type: 'changed', what });
    this.changed.clear();
    if (this.isReady) this.sayStatus();
    else this.send({ type: 'ready', status: readWatchStatus(this.options.alerting) }, this.lastId);
    this.isReady = true;
  }

  /** Where something about it has changed, and every now and then, so that a reader knows that the stream is alive. */
  private sayStatus(): void {
    const status = readWatchStatus(this.options.alerting);
    const said = JSON.stringify(status);
    if (said === this.saidStatus && !this.isStatusDue) return;
    this.saidStatus = said;
    this.isStatusDue = false;
    this.send({ type: 'status', status });
  }

  private send(event: Body, id?: number): void {
    if (this.isClosed) return;
    const serverTimeMs = this.options.alerting.clock.now();
    const whole = { ...event, serverTimeMs, unacknowledged: this.unacknowledged };
    const head = id === undefined ? '' : `id: ${id}\n`;
    this.controller.enqueue(this.encoder.encode(`${head}event: ${event.type}\ndata: ${JSON.stringify(whole)}\n\n`));
    if ((this.controller.desiredSize ?? 0) <= 0) this.close();
  }
}
