import 'server-only';

export interface WakeQueueOptions {
  /** Takes up what was asked for, one call at a time. */
  readonly load: (which: ReadonlySet<string> | 'all') => Promise<void>;
}

const tell = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** What is to be loaded anew: asked for while it loads, it loads again; what fails stays asked for. */
export class WakeQueue {
  private ids = new Set<string>();
  private isAll = false;
  private work: Promise<void> | undefined;
  /** Why it is not up to date; `undefined`: it is, or is about to be. */
  problem: string | undefined;

  constructor(private readonly options: WakeQueueOptions) {}

  /** `undefined`: everything. */
  ask(id?: string): void {
    if (id === undefined) this.isAll = true;
    else this.ids.add(id);
    this.retry();
  }

  /** Tries again what failed. */
  retry(): void {
    if (!this.isAll && this.ids.size === 0) return;
    this.work ??= this.run().finally(() => {
      this.work = undefined;
    });
  }

  /** Resolves when everything that was asked for is loaded, or has failed. */
  async settle(): Promise<void> {
    while (this.work) await this.work;
  }

  private async run(): Promise<void> {
    // What is asked for at the same moment is loaded together.
    await Promise.resolve();
    while (this.isAll || this.ids.size > 0) {
      const { isAll, ids } = this;
      this.isAll = false;
      this.ids = new Set();
      try {
        await this.options.load(isAll ? 'all' : ids);
        this.problem = undefined;
      } catch (cause) {
        this.isAll ||= isAll;
        for (const id of ids) this.ids.add(id);
        this.problem = tell(cause);
        return;
      }
    }
  }
}
