import { policy } from '@/lib/config/policy';
import type { AssetKey } from '@/lib/domain/book-position';
import type { BacktestLiquidation, BacktestSample } from '@/lib/triggers/backtest/run-backtest';
import type { PreparedCondition, PreparedTrigger } from '@/lib/triggers/prepare-trigger';
import type { Subject } from '@/lib/triggers/subject';
import { compareRational, type Rational } from '@/lib/units/rational';
import type { SubjectRun } from './run-path';

export interface DrawnPoint {
  readonly atMs: number;
  /** What the first condition measures; null where it has no figure or none is known. */
  readonly figure: Rational | null;
  /** The market's price of `asset`. */
  readonly price: Rational | null;
}

/** One subject over one path, thinned for drawing. */
export interface DrawnRun {
  readonly subjectId: string;
  readonly asset: { readonly id: AssetKey; readonly name: string } | undefined;
  readonly points: readonly DrawnPoint[];
  readonly firings: readonly number[];
  readonly liquidations: readonly BacktestLiquidation[];
}

function measure({ kind, params, level, condition }: PreparedCondition, subject: Subject): Rational | null {
  const figure = kind.measure(subject, params, { side: condition.side, level });
  return figure.known ? (figure.value?.value ?? null) : null;
}

/** The asset whose price says most: the one the trigger names, the one that liquidates first, any. */
function chooseAsset({ plan }: SubjectRun, { subject }: BacktestSample): DrawnRun['asset'] {
  const [position] = subject.positions;
  const nearest = position?.liquidations.known ? position.liquidations.value[0]?.asset : undefined;
  const wanted = plan.asset ?? plan.named[0] ?? nearest;
  const found = subject.assets.find(({ id }) => id === wanted) ?? subject.assets[0];
  return found && { id: found.id, name: found.name };
}

/** Of each stretch the point with the figure furthest on the dangerous side, and all that something happened at. */
function thin(points: readonly DrawnPoint[], events: ReadonlySet<number>, isBelow: boolean): readonly DrawnPoint[] {
  const stretch = Math.max(1, Math.ceil(points.length / policy.preview.drawnPoints));
  const worse = (a: DrawnPoint, b: DrawnPoint): DrawnPoint => {
    if (!a.figure || !b.figure) return a.figure ? a : b;
    return compareRational(a.figure, b.figure) <= 0 === isBelow ? a : b;
  };
  const kept: DrawnPoint[] = [];
  for (let from = 0; from < points.length; from += stretch) {
    const part = points.slice(from, from + stretch);
    const chosen = part.reduce(worse);
    kept.push(...part.filter((point) => point === chosen || events.has(point.atMs)));
  }
  return kept;
}

/** A run as it is drawn: at most about `policy.preview.drawnPoints` points, none of those at which it fires or is liquidated left out. */
export function drawRun({ conditions }: PreparedTrigger, run: SubjectRun): DrawnRun {
  const { samples, report, plan } = run;
  const [first] = samples;
  const [condition] = conditions;
  const asset = first && chooseAsset(run, first);
  const points = samples.map(({ atMs, subject }): DrawnPoint => {
    const market = subject.assets.find(({ id }) => id === asset?.id)?.market.price;
    return { atMs, figure: condition ? measure(condition, subject) : null, price: market?.known ? market.value : null };
  });
  const events = new Set([...report.firings, ...report.liquidations.map(({ atMs }) => atMs)]);
  return {
    subjectId: plan.id,
    asset,
    points: thin(points, events, condition?.condition.side !== 'above'),
    firings: report.firings,
    liquidations: report.liquidations,
  };
}
