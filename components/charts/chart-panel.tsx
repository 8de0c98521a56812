'use client';

import dynamic from 'next/dynamic';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Figure } from '@/components/ui/figure';
import { Menu } from '@/components/ui/menu';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { type ChartRange, type ChartSpec, computeZoom, findNearest, formatChartCsv } from './chart-spec';
import { useChartSync } from './chart-sync';
import { renderPng, saveFile, toFileName } from './export-chart';

const ChartSkeleton = () => (
  <div className="flex h-full flex-col justify-between py-2" aria-hidden="true">
    <Skeleton className="h-[82%] w-full" />
    <Skeleton className="h-3 w-full" />
  </div>
);

/** Recharts comes in a chunk of its own, after the first paint; until then its place is held. */
const LineChart = dynamic(() => import('./line-chart'), { ssr: false, loading: ChartSkeleton });

export interface ChartPanelProps {
  /** The question the chart answers. */
  readonly title: string;
  /** `undefined`: there is nothing to draw, and `empty` says why. */
  readonly spec: ChartSpec | undefined;
  readonly empty?: ReactNode;
  /** In the place of `empty` while what would be drawn is on its way: said under the chart's skeleton. */
  readonly loading?: ReactNode;
  /** Beside the title: switches. */
  readonly controls?: ReactNode;
  /** Under the chart: gaps, sources. */
  readonly note?: ReactNode;
  /** The whole range, to which a zoom goes back. */
  readonly whole: ChartRange | undefined;
  readonly zoom: ChartRange | undefined;
  readonly onZoom: (zoom: ChartRange | undefined) => void;
  readonly className?: string;
}

const PAGE = 10;
const ZOOM_IN = 0.5;

/** Where a key takes the crosshair; the first arrow puts it on `start`, where the chart's first mark is. */
function stepFor(key: string, at: number | undefined, start: number, last: number): number | undefined {
  if (at === undefined && key.startsWith('Arrow')) return start;
  const from = at ?? start;
  const target = {
    ArrowRight: from + 1,
    ArrowUp: from + 1,
    ArrowLeft: from - 1,
    ArrowDown: from - 1,
    PageUp: from + PAGE,
    PageDown: from - PAGE,
    Home: 0,
    End: last,
  }[key];
  return target === undefined ? undefined : Math.min(last, Math.max(0, target));
}

/** A collapsed border does not travel with a head that stays: its rule is drawn by a shadow. */
const STICKY = 'sticky top-0 z-1 bg-panel shadow-[inset_0_-1px_0_var(--line)]';

/** The chart's figures in the chart's own place: it scrolls within it, its head in view. */
function ChartTable({ spec, title }: { readonly spec: ChartSpec; readonly title: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="absolute inset-0 overflow-auto" aria-label={`${title}: table`} tabIndex={0}>
      <Table className="text-[13px]">
        <thead>
          <tr>
            <HeadCell className={STICKY}>{spec.xLabel}</HeadCell>
            <HeadCell className={`num ${STICKY}`}>{spec.yLabel}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {spec.points.map((point) => (
            <tr key={point.x}>
              <Cell className="!h-7 !whitespace-normal">
                <Figure text={point.xRow ?? point.xText} exact={point.xText} className="!whitespace-normal" />
              </Cell>
              <Cell className="num !h-7">
                <Figure text={point.yText} exact={point.yExact} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

/**
 * A chart under the question it answers: crosshair with exact values (pointer, touch, arrow keys), synchronised with the page's other
 * charts, zoom by dragging or `+` and `-`, the same figures as a table, as CSV and as a picture.
 */
export function ChartPanel(props: ChartPanelProps) {
  const { title, spec, empty, loading, controls, note, whole, zoom, onZoom, className } = props;
  const id = useId();
  const surface = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { crosshair, setCrosshair } = useChartSync();

  const shared = crosshair && spec && crosshair.xKey === spec.xKey ? crosshair : undefined;
  const active = shared && spec ? findNearest(spec.points, shared.x) : undefined;
  const level = crosshair && !shared ? (crosshair.y ?? undefined) : undefined;
  const point = active === undefined ? undefined : spec?.points[active];

  const activate = (index: number | undefined) => {
    const next = index === undefined ? undefined : spec?.points[index];
    setCrosshair(next && spec ? { chart: id, xKey: spec.xKey, x: next.x, y: next.y } : undefined);
  };
  const zoomBy = (factor: number) => {
    if (!spec || !whole) return;
    const centre = point?.x ?? spec.marks[0]?.x ?? (spec.xRange.low + spec.xRange.high) / 2;
    onZoom(computeZoom(spec.xRange, whole, centre, factor));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!spec || event.ctrlKey || event.metaKey || event.altKey) return;
    const start = findNearest(spec.points, spec.marks[0]?.x ?? spec.xRange.low) ?? 0;
    const step = stepFor(event.key, active, start, spec.points.length - 1);
    if (step !== undefined) activate(step);
    else if (event.key === '+' || event.key === '=') zoomBy(ZOOM_IN);
    else if (event.key === '-') zoomBy(1 / ZOOM_IN);
    else if (event.key === 'Escape' && (zoom || point)) {
      if (zoom) onZoom(undefined);
      activate(undefined);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const savePng = async () => {
    const svg = surface.current?.querySelector('svg.recharts-surface');
    if (!(svg instanceof SVGSVGElement) || !surface.current) return;
    try {
      saveFile(`${toFileName(title)}.png`, await renderPng(svg, title, surface.current));
      setProblem(undefined);
    } catch (cause) {
      setProblem(`The picture could not be made: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  };
  const saveCsv = () => {
    if (spec) saveFile(`${toFileName(title)}.csv`, new Blob([formatChartCsv(spec)], { type: 'text/csv' }));
  };

  const readout =
    point && spec ? `${spec.yLabel} ${point.yText} · ${point.xShort ?? `${spec.xLabel} ${point.xText}`}` : undefined;
  return (
    <Panel
      title={title}
      className={classNames('flex flex-col', className)}
      actions={
        <>
          {controls}
          {zoom && (
            <Button kind="quiet" onClick={() => onZoom(undefined)}>
              Whole range
            </Button>
          )}
          {spec && (
            <Menu
              trigger="Chart ▾"
              label={`Options of the chart “${title}”`}
              items={[
                { key: 'table', label: 'As table', checked: asTable, onSelect: () => setAsTable(!asTable) },
                { key: 'in', label: 'Zoom in', detail: 'Or drag across the chart', onSelect: () => zoomBy(ZOOM_IN) },
                { key: 'out', label: 'Zoom out', disabled: !zoom, onSelect: () => zoomBy(1 / ZOOM_IN) },
                { key: 'png', label: 'Save as PNG', disabled: asTable, onSelect: () => void savePng() },
                { key: 'csv', label: 'Save as CSV', onSelect: saveCsv },
              ]}
            />
          )}
        </>
      }
    >
      {spec ? (
        <>
          <p className="h-5 truncate text-[12px] text-muted tabular-nums" aria-hidden="true" title={readout}>
            {readout ?? 'Point or use the arrow keys for exact values'}
          </p>
          <div ref={surface} className="relative h-64 min-h-64 flex-1 bg-panel">
            {asTable ? (
              <ChartTable spec={spec} title={title} />
            ) : (
              <div
                role="slider"
                tabIndex={0}
                aria-label={`${title} Crosshair`}
                aria-orientation="horizontal"
                aria-valuemin={0}
                aria-valuemax={Math.max(0, spec.points.length - 1)}
                aria-valuenow={active ?? 0}
                aria-valuetext={readout ?? 'Not set. Use the arrow keys.'}
                onKeyDown={onKeyDown}
                // Recharts' layers would take the focus of a click, and with it the arrow keys.
                onMouseDown={(event) => {
                  event.preventDefault();
                  event.currentTarget.focus({ preventScroll: true });
                }}
                className="h-full rounded-sm"
              >
                <LineChart spec={spec} active={active} level={level} onActive={activate} onZoom={onZoom} />
              </div>
            )}
          </div>
        </>
      ) : loading ? (
        <div className="flex min-h-64 flex-1 flex-col pt-5">
          <div className="min-h-56 flex-1">
            <ChartSkeleton />
          </div>
          <div className="text-[12px] text-muted">{loading}</div>
        </div>
      ) : (
        <div className="flex min-h-64 flex-1 items-center justify-center px-6 text-center text-[13px] text-muted">
          {empty}
        </div>
      )}
      {note && <div className="mt-1.5 text-[12px] text-faint">{note}</div>}
      {problem && (
        <p role="alert" className="mt-1.5 text-[12px] text-danger">
          {problem}
        </p>
      )}
    </Panel>
  );
}
