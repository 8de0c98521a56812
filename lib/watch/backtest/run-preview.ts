import type { AssetId } from '@/lib/domain/asset';
import { InvalidInputError } from '@/lib/domain/errors';
import type { OraclePrice } from '@/lib/domain/price';
import type { PriceSeries } from '@/lib/triggers/backtest/price-series';
import type { Trigger } from '@/lib/triggers/trigger';
import { type Position, rulesOf } from '@/lib/venues/registry';
import { describeSeries, describeSimulation } from './describe-assumptions';
import { type DrawnRun, drawRun } from './draw-run';
import { LevelChoice, type PreviewLevel } from './level-choice';
import { type PreviewPlan, planPreview } from './plan-preview';
import { type PreviewFigures, PreviewSummary } from './preview-summary';
import { runPath, type SubjectRun } from './run-path';
import { type SimulationSource, simulateMoments } from './simulate-moments';
import { describeSpan, walkMoments } from './walk-moments';

/** Where the prices of a preview come from: told (recorded by the server, or a file), or made up of a seed. */
export type PreviewSource =
  | { readonly kind: 'series'; readonly series: readonly PriceSeries[] }
  | ({ readonly kind: 'simulated' } & SimulationSource);

export interface PreviewRequest {
  readonly trigger: Trigger;
  /** As they were read last. */
  readonly positions: readonly Position[];
  readonly source: PreviewSource;
  /** For which a level is suggested. */
  readonly wishedLeadMs?: number | undefined;
}

/** What a trigger would have done, or would do. */
export interface Preview {
  readonly figures: PreviewFigures;
  readonly range: { readonly fromMs: number; readonly toMs: number };
  /** The run that shows most: the first with a liquidation that was missed, else the one with the shortest warning. */
  readonly drawn: DrawnRun & { readonly path: number };
  readonly level: PreviewLevel | undefined;
  /** What was taken for granted, a sentence each. */
  readonly assumptions: readonly string[];
}

/** How far it is: of so many moments of one path, or of so many paths. */
export interface PreviewStep {
  readonly of: 'moments' | 'paths';
  readonly done: number;
  readonly total: number;
}

const refuse = (code: string, message: string): never => {
  throw new InvalidInputError(code, message);
};

/** Adds the runs of one path up. */
class Result {
  readonly summary = new PreviewSummary();
  private readonly choice: LevelChoice | undefined;

  constructor(
    private readonly plan: PreviewPlan,
    { trigger, wishedLeadMs }: PreviewRequest,
  ) {
    this.choice = wishedLeadMs === undefined ? undefined : new LevelChoice(trigger, wishedLeadMs);
  }

  add(runs: readonly SubjectRun[]): void {
    this.summary.add(runs);
    for (const run of runs) this.choice?.add(run);
  }

  read(range: Preview['range'], assumptions: readonly string[]): Preview {
    const { worst } = this.summary;
    if (!worst) return refuse('PREVIEW_EMPTY', 'There is no path to look at.');
    const drawn = { ...drawRun(this.plan.prepared, worst.run), path: worst.path };
    return { figures: this.summary.read(), range, drawn, level: this.choice?.read(), assumptions };
  }
}

function* withStep<Value>(
  steps: Generator<number, Value>,
  tell: (done: number) => PreviewStep,
): Generator<PreviewStep, Value> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield tell(step.value);
  }
}

function* previewSeries(
  request: PreviewRequest,
  plan: PreviewPlan,
  told: readonly PriceSeries[],
): Generator<PreviewStep, Preview> {
  const wanted = new Set<AssetId>(plan.assets.map(({ id }) => id));
  const series = told.filter(({ asset, points }) => wanted.has(asset) && points.length > 0);
  const names = plan.assets.map(({ symbol }) => symbol).join(', ');
  if (series.length === 0) return refuse('PREVIEW_SERIES', `These prices tell nothing of ${names}.`);
  const span = describeSpan(series);
  const { range, count } = span;
  if (!range) return refuse('PREVIEW_SERIES', `There is no time of which all the prices (${names}) are told.`);
  const result = new Result(plan, request);
  const tell = (done: number): PreviewStep => ({ of: 'moments', done: Math.min(done, count), total: count });
  result.add(yield* withStep(runPath(plan, walkMoments(series), false), tell));
  return result.read(range, describeSeries(plan, series, span));
}

const listToday = (positions: Iterable<Position>): ReadonlyMap<AssetId, OraclePrice> =>
  new Map(
    [...positions].flatMap((position) =>
      rulesOf(position)
        .listPrices(position)
        .map((price) => [price.assetId, price]),
    ),
  );

function* previewSimulated(
  request: PreviewRequest,
  plan: PreviewPlan,
  source: SimulationSource,
): Generator<PreviewStep, Preview> {
  const today = listToday(plan.world.positions.values());
  const result = new Result(plan, request);
  for (let path = 0; path < source.pathCount; path += 1) {
    const tell = (): PreviewStep => ({ of: 'paths', done: path, total: source.pathCount });
    result.add(yield* withStep(runPath(plan, simulateMoments(plan.assets, today, source, path), true), tell));
  }
  const range = { fromMs: source.fromMs, toMs: source.fromMs + source.horizonSeconds * 1_000 };
  return result.read(range, describeSimulation(plan));
}

/**
 * What a trigger that is not saved yet does on the positions as they are now while prices go as the source says, with the watcher's own subjects,
 * figures and machine: how often it fires, how long before a liquidation, which ones it misses, how often for nothing. In steps.
 *
 * Errors: `InvalidInputError` PREVIEW_EMPTY where nothing that was read has to do with the trigger, PREVIEW_SERIES where the prices told do not
 * reach its assets.
 */
export function* runPreview(request: PreviewRequest): Generator<PreviewStep, Preview> {
  const { trigger, positions, source } = request;
  const plan = planPreview(trigger, positions);
  if (plan.subjects.length === 0) {
    return refuse('PREVIEW_EMPTY', 'None of the positions that are read now has to do with this trigger.');
  }
  switch (source.kind) {
    case 'series':
      return yield* previewSeries(request, plan, source.series);
    case 'simulated':
      return yield* previewSimulated(request, plan, source);
  }
}
