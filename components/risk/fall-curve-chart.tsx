'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { computeTicks } from '@/components/charts/chart-spec';
import { formatUsdCompact } from '@/lib/format/format-usd';
import type { CurvePoint } from '@/lib/risk/exposure/liquidation-curve';

/** Below it every second label of the falls has room. */
const NARROW_PX = 420;
const HEIGHT_PX = 270;
const PLOT = { left: 46, right: 12, top: 10, bottom: 22 } as const;
/** Dollars of a value with 18 decimals, for drawing alone. */
const toDollars = (value: bigint): number => Number(value / 10n ** 14n) / 1e4;
const toTick = (dollars: number): string => (dollars === 0 ? '0' : formatUsdCompact(BigInt(Math.round(dollars * 1e8))));

export interface FallCurveChartProps {
  readonly label: string;
  readonly points: readonly CurvePoint[];
  /** Point the crosshair stands on. */
  readonly active: number | undefined;
  /** Point that was chosen. */
  readonly chosen: number | undefined;
  readonly readout: string;
  readonly onActive: (index: number | undefined) => void;
  readonly onChoose: (index: number) => void;
}

/** How wide the drawing may be; it follows its place. */
function useWidth() {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(340);
  useEffect(() => {
    const place = element.current;
    if (!place || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, entry.contentRect.width)));
    observer.observe(place);
    return () => observer.disconnect();
  }, []);
  return { element, width };
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** Collateral at risk and bad debt against a fall: arrow keys or the pointer move the crosshair, Enter or a click choose a mark. */
export function FallCurveChart(props: FallCurveChartProps) {
  const { label, points, active, chosen, readout, onActive, onChoose } = props;
  const { element, width } = useWidth();
  const last = points.length - 1;
  const top = Math.max(...points.map(({ collateralAtRisk }) => toDollars(collateralAtRisk)), 1);
  const toX = (index: number): number => PLOT.left + (index / last) * (width - PLOT.left - PLOT.right);
  const toY = (dollars: number): number =>
    HEIGHT_PX - PLOT.bottom - (dollars / top) * (HEIGHT_PX - PLOT.top - PLOT.bottom);
  const line = (pick: (point: CurvePoint) => bigint | undefined): string =>
    points
      .flatMap((point, index) => {
        const value = pick(point);
        return value === undefined ? [] : [`${toX(index).toFixed(1)},${toY(toDollars(value)).toFixed(1)}`];
      })
      .join(' ');

  const find = (event: PointerEvent<HTMLElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left - PLOT.left) / (width - PLOT.left - PLOT.right);
    return Math.min(last, Math.max(0, Math.round(share * last)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = active ?? chosen ?? 0;
    const step = STEPS[event.key];
    if (step !== undefined) onActive(active === undefined ? from : Math.min(last, Math.max(0, from + step)));
    else if (event.key === 'Home') onActive(0);
    else if (event.key === 'End') onActive(last);
    else if ((event.key === 'Enter' || event.key === ' ') && active !== undefined) onChoose(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const at = active === undefined ? undefined : points[active];
  return (
    <div
      ref={element}
      role="slider"
      tabIndex={0}
      aria-label={`${label} Crosshair`}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={active ?? chosen ?? 0}
      aria-valuetext={readout}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => onActive(find(event))}
      onPointerLeave={() => onActive(undefined)}
      onPointerUp={(event) => onChoose(find(event))}
      className="cursor-crosshair touch-pan-y rounded-sm"
    >
      <svg width={width} height={HEIGHT_PX} aria-hidden="true" className="block">
        {computeTicks({ low: 0, high: top }, 4).map((tick) => (
          <g key={tick}>
            <line x1={PLOT.left} x2={width - PLOT.right} y1={toY(tick)} y2={toY(tick)} stroke="var(--line)" />
            <text x={PLOT.left - 6} y={toY(tick) + 4} textAnchor="end" className="fill-muted text-[11px]">
              {toTick(tick)}
            </text>
          </g>
        ))}
        {points.map(({ fallBps }, index) =>
          fallBps % (width < NARROW_PX ? 3_000 : 1_500) === 0 ? (
            <text
              key={fallBps}
              x={toX(index)}
              y={HEIGHT_PX - 6}
              textAnchor={index === last ? 'end' : 'middle'}
              className="fill-muted text-[11px]"
            >
              {fallBps === 0 ? '0' : `−${fallBps / 100} %`}
            </text>
          ) : null,
        )}
        {chosen !== undefined && (
          <line
            x1={toX(chosen)}
            x2={toX(chosen)}
            y1={PLOT.top}
            y2={HEIGHT_PX - PLOT.bottom}
            stroke="var(--accent)"
            strokeWidth={2}
          />
        )}
        <polyline
          points={line(({ collateralAtRisk }) => collateralAtRisk)}
          fill="none"
          stroke="var(--text)"
          strokeWidth={2}
        />
        <polyline
          points={line(({ badDebt }) => badDebt)}
          fill="none"
          stroke="var(--liquidatable)"
          strokeWidth={2}
          strokeDasharray="5 3"
        />
        {active !== undefined && at && (
          <g stroke="var(--text)">
            <line x1={toX(active)} x2={toX(active)} y1={PLOT.top} y2={HEIGHT_PX - PLOT.bottom} opacity={0.6} />
            <circle cx={toX(active)} cy={toY(toDollars(at.collateralAtRisk))} r={3.5} fill="var(--text)" />
            {at.badDebt !== undefined && (
              <circle
                cx={toX(active)}
                cy={toY(toDollars(at.badDebt))}
                r={3.5}
                fill="var(--liquidatable)"
                stroke="var(--liquidatable)"
              />
            )}
          </g>
        )}
      </svg>
    </div>
  );
}
