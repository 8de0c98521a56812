import { policy } from '@/lib/config/policy';
import { suggestLevel } from '@/lib/triggers/backtest/suggest-level';
import { parseLevel } from '@/lib/triggers/format-level';
import type { Trigger } from '@/lib/triggers/trigger';
import { compareRational } from '@/lib/units/rational';
import type { SubjectRun } from './run-path';

export type PreviewLevel =
  | {
      readonly exists: true;
      /** As a trigger writes it. */
      readonly level: string;
      /** It gives the wished time before so many of the liquidations that are warned of at all. */
      readonly inTimeCount: number;
      readonly liquidationCount: number;
    }
  | { readonly exists: false; readonly text: string };

const BPS = 10_000;

/**
 * The level nearest to danger that gives a wished lead time in `policy.preview.suggestedBps` of the runs in which something is liquidated, by what
 * `suggestLevel` finds for each: one wild path does not decide it. Of a single run it is that run's. Runs that no level warns of in time count as
 * liquidated and not warned.
 */
export class LevelChoice {
  private readonly levels: string[] = [];
  private liquidatedCount = 0;
  /** Why the last run that has none has none. */
  private reason = 'Nothing is liquidated here, so there is no lead time to give.';

  constructor(
    private readonly trigger: Trigger,
    private readonly leadMs: number,
  ) {}

  add({ samples, report }: SubjectRun): void {
    if (report.liquidations.length === 0) return;
    this.liquidatedCount += 1;
    const suggestion = suggestLevel(this.trigger, samples, this.leadMs);
    if (suggestion.exists) this.levels.push(suggestion.level);
    else this.reason = suggestion.text;
  }

  read(): PreviewLevel {
    const sign = this.trigger.conditions[0]?.side === 'below' ? 1 : -1;
    const safer = [...this.levels].sort((a, b) => sign * compareRational(parseLevel(a), parseLevel(b)));
    const needed = Math.max(1, Math.ceil((this.liquidatedCount * policy.preview.suggestedBps) / BPS));
    const level = safer[needed - 1];
    if (level === undefined) return { exists: false, text: this.reason };
    const inTimeCount = safer.filter((each) => sign * compareRational(parseLevel(each), parseLevel(level)) <= 0).length;
    return { exists: true, level, inTimeCount, liquidationCount: this.liquidatedCount };
  }
}
