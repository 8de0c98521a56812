import type { SubjectRun } from './run-path';

/** Over all paths and all subjects of a preview. */
export interface PreviewFigures {
  readonly pathCount: number;
  /** Paths in which the trigger fires at least once. */
  readonly firedPathCount: number;
  readonly firingCount: number;
  /** Paths in which something of the subjects is liquidated. */
  readonly liquidatedPathCount: number;
  readonly liquidationCount: number;
  /** Liquidations without a warning before them. */
  readonly missedCount: number;
  /** Firings that ended without a liquidation. */
  readonly falseAlarmCount: number;
  /** From a warning to its liquidation; of an even number the shorter of the middle two. `undefined` where none was warned of. */
  readonly leadMs: { readonly shortest: number; readonly median: number } | undefined;
  readonly sampleCount: number;
  /** Samples at which it cannot be told whether the trigger holds. */
  readonly blindCount: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const listLeads = (run: SubjectRun): readonly number[] =>
  run.report.liquidations.flatMap(({ atMs, warnedAtMs }) => (warnedAtMs === null ? [] : [atMs - warnedAtMs]));

function computeLead(leads: readonly number[]): PreviewFigures['leadMs'] {
  const sorted = [...leads].sort((a, b) => a - b);
  const [shortest, median] = [sorted[0], sorted[Math.floor((sorted.length - 1) / 2)]];
  return shortest === undefined || median === undefined ? undefined : { shortest, median };
}

/** How much a run has to show: a liquidation that was missed most, then a short warning of one, a firing, anything. */
function rank({ report }: SubjectRun): readonly [number, number] {
  if (report.missedCount > 0) return [0, 0];
  if (report.shortestLeadMs !== null) return [1, report.shortestLeadMs];
  return [report.firings.length > 0 ? 2 : 3, 0];
}

const isBefore = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

/** Adds up what paths bring, one after the other, and keeps of them no more than the one to look at. */
export class PreviewSummary {
  private readonly leads: number[] = [];
  private readonly paths: { readonly isFired: boolean; readonly isLiquidated: boolean }[] = [];
  private figures = {
    firingCount: 0,
    liquidationCount: 0,
    missedCount: 0,
    falseAlarmCount: 0,
    sampleCount: 0,
    blindCount: 0,
  };
  /** The worst: the first of those that missed a liquidation, else the one with the shortest warning, else one that fires. */
  worst: { readonly path: number; readonly run: SubjectRun } | undefined;

  add(runs: readonly SubjectRun[]): void {
    const path = this.paths.length;
    const total = (count: (run: SubjectRun) => number): number => sum(runs.map(count));
    const [firings, liquidations] = [
      total(({ report }) => report.firings.length),
      total(({ report }) => report.liquidations.length),
    ];
    this.paths.push({ isFired: firings > 0, isLiquidated: liquidations > 0 });
    this.leads.push(...runs.flatMap(listLeads));
    const { figures } = this;
    this.figures = {
      firingCount: figures.firingCount + firings,
      liquidationCount: figures.liquidationCount + liquidations,
      missedCount: figures.missedCount + total(({ report }) => report.missedCount),
      falseAlarmCount: figures.falseAlarmCount + total(({ report }) => report.falseAlarmCount),
      sampleCount: figures.sampleCount + total(({ samples }) => samples.length),
      blindCount: figures.blindCount + total(({ report }) => report.blindCount),
    };
    for (const run of runs) {
      if (!this.worst || isBefore(rank(run), rank(this.worst.run))) this.worst = { path, run };
    }
  }

  read(): PreviewFigures {
    const count = (which: 'isFired' | 'isLiquidated'): number => this.paths.filter((path) => path[which]).length;
    return {
      ...this.figures,
      pathCount: this.paths.length,
      firedPathCount: count('isFired'),
      liquidatedPathCount: count('isLiquidated'),
      leadMs: computeLead(this.leads),
    };
  }
}
