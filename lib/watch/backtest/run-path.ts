import {
  type BacktestReport,
  type BacktestSample,
  isSubjectLiquidatable,
  stepBacktest,
} from '@/lib/triggers/backtest/run-backtest';
import type { SubjectPlan } from '../subject-plan';
import { type PreviewPlan, toSample } from './plan-preview';
import type { PriceMoment } from './walk-moments';
import { walkWorlds } from './walk-worlds';

/** What the trigger would have done on one subject over one path of prices. */
export interface SubjectRun {
  readonly plan: SubjectPlan;
  readonly samples: readonly BacktestSample[];
  readonly report: BacktestReport;
}

/**
 * Every subject of a preview over one path. With `endsAtLiquidation` a subject's path ends where it is liquidatable first: what would be left of it
 * then is another position. Yields now and then, so that it can be interrupted.
 */
export function* runPath(
  { prepared, subjects, world }: PreviewPlan,
  moments: Iterable<PriceMoment>,
  endsAtLiquidation: boolean,
): Generator<number, readonly SubjectRun[]> {
  const open = subjects.map((plan) => ({ plan, samples: [] as BacktestSample[], isOver: false }));
  let count = 0;
  for (const at of walkWorlds(world, moments)) {
    for (const run of open.filter(({ isOver }) => !isOver)) {
      const sample = toSample(run.plan, at);
      run.samples.push(sample);
      // Asked for here, the figures are worked out sample by sample, each between two chances to stop.
      run.isOver = isSubjectLiquidatable(sample.subject) && endsAtLiquidation;
    }
    count += 1;
    yield count;
    if (open.every(({ isOver }) => isOver)) break;
  }
  const runs: SubjectRun[] = [];
  for (const { plan, samples } of open) {
    const report = yield* stepBacktest(prepared.trigger, samples);
    runs.push({ plan, samples, report });
  }
  return runs;
}
