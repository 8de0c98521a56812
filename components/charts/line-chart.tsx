'use client';

import { type PointerEvent, useId, useMemo, useRef, useState } from 'react';
import {
  Line,
  LineChart as RechartsLineChart,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  usePlotArea,
  useXAxisInverseScale,
  useXAxisScale,
  useYAxisInverseScale,
  useYAxisScale,
  XAxis,
  YAxis,
  ZIndexLayer,
} from 'recharts';
import {
  type ChartRange,
  type ChartSpec,
  computeTicks,
  findNearest,
  type PixelPoint,
  placeBetween,
  placeLabels,
  spreadLabels,
} from './chart-spec';

export interface LineChartProps {
  readonly spec: ChartSpec;
  /** Point the crosshair stands on. */
  readonly active: number | undefined;
  /** Height at which another chart's crosshair stands. */
  readonly level: number | undefined;
  readonly onActive: (index: number | undefined) => void;
  readonly onZoom: (range: ChartRange) => void;
}

const LABEL_GAP_PX = 13;
const END_MARGIN_PX = 82;
/** Recharts stacks by layers: its areas lie at 100, its lines at 400. */
const LAYER = { area: 150, below: 300, above: 700, pointer: 2_100, handle: 2_200 } as const;
/** A finger is wider than the mark it moves. */
const HANDLE_HIT_PX = 18;
/** Height that the zone's word takes above the axis. */
const ZONE_LABEL_PX = 24;
const NARROW_PX = 420;
/** A shorter drag is a click. */
const DRAG_PX = 8;
/** A letter of an 11 px label, on the wide side: what a label covers has to be known before it is drawn. */
const LETTER_PX = 6.2;
/** The same in the zone's lighter type. */
const ZONE_LETTER_PX = 5.5;
const WORD_MARGIN_PX = 7;
const MARK_GAP_PX = 11;
const LABEL_CLASS = 'fill-muted text-[11px]';

/** Labels stand above their mark, and below where it liquidates: there the line rises. */
const LABEL_OFFSET_PX = { ring: -12, diamond: -12, cross: 12 } as const;

const shapes = {
  ring: (x: number, y: number, colour: string) => (
    <circle cx={x} cy={y} r={5} fill="var(--panel)" stroke={colour} strokeWidth={3} />
  ),
  diamond: (x: number, y: number, colour: string) => (
    <path d={`M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`} fill={colour} />
  ),
  cross: (x: number, y: number, colour: string) => (
    <path d={`M${x - 4} ${y - 4}l8 8m0-8l-8 8`} stroke={colour} strokeWidth={2.5} fill="none" />
  ),
} as const;

/** Threshold lines with their labels beside the plot, pushed apart where the lines are close. */
function Thresholds({ spec }: { readonly spec: ChartSpec }) {
  const plot = usePlotArea();
  const scale = useYAxisScale();
  if (!plot || !scale) return null;
  const visible = spec.thresholds.filter(({ y }) => y >= spec.yRange.low && y <= spec.yRange.high);
  const heights = visible.map(({ y }) => scale(y) ?? 0);
  const labels = spreadLabels(heights, LABEL_GAP_PX, { low: plot.y + 4, high: plot.y + plot.height - 2 });
  const end = plot.x + plot.width;
  return (
    <g>
      {visible.map(({ label, colour }, index) => (
        <g key={label}>
          <line
            x1={plot.x}
            x2={end}
            y1={heights[index]}
            y2={heights[index]}
            stroke={colour}
            strokeDasharray={index === 0 ? undefined : '4 4'}
          />
          <path d={`M${end} ${heights[index]}L${end + 6} ${labels[index]}`} stroke={colour} fill="none" />
          <text x={end + 9} y={(labels[index] ?? 0) + 4} className="text-[11px]" fill={colour}>
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

type Scale = (value: number) => number | undefined;

/** A point without a neighbour on the line: nothing but a dot shows it. */
const isAlone = (points: ChartSpec['points'], index: number): boolean =>
  points[index]?.y !== null && (points[index - 1]?.y ?? null) === null && (points[index + 1]?.y ?? null) === null;

/** The line as it is drawn, as far as it is within the plot's width. */
const toPixels = (spec: ChartSpec, toX: Scale, toY: Scale): readonly PixelPoint[] =>
  spec.points.flatMap(({ x, y }) =>
    y === null || x < spec.xRange.low || x > spec.xRange.high ? [] : [{ x: toX(x) ?? 0, y: toY(y) ?? 0 }],
  );

/** Points that mean something, each with a line down to the axis; their labels keep clear of the chart's line and of each other. */
function Marks({ spec }: { readonly spec: ChartSpec }) {
  const plot = usePlotArea();
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  if (!plot || !toX || !toY) return null;
  const bottom = plot.y + plot.height;
  const placed = spec.marks
    .filter(({ x }) => x >= spec.xRange.low && x <= spec.xRange.high)
    .map((mark) => {
      const x = toX(mark.x) ?? 0;
      const y = Math.min(bottom, Math.max(plot.y, toY(mark.y) ?? 0));
      const atLeft = x > plot.x + plot.width * 0.5;
      return { ...mark, x, y, atLeft };
    });
  const labels = placeLabels(
    toPixels(spec, toX, toY),
    placed.map(({ x, y, atLeft, label, shape }) => {
      const near = atLeft ? x - MARK_GAP_PX : x + MARK_GAP_PX;
      const far = near + (atLeft ? -1 : 1) * label.length * LETTER_PX;
      return { from: Math.min(near, far), to: Math.max(near, far), wanted: y + LABEL_OFFSET_PX[shape] };
    }),
    LABEL_GAP_PX,
    { low: plot.y + 8, high: bottom - 8 },
  );
  // The first mark matters most and is drawn over the others.
  const drawn = placed.map((mark, index) => ({ ...mark, labelY: labels[index] ?? mark.y })).reverse();
  return (
    <g>
      {drawn.map(({ x, y, label, colour }) => (
        <line key={label} x1={x} x2={x} y1={y} y2={bottom} stroke={colour} strokeDasharray="1 3" strokeWidth={1.25} />
      ))}
      {drawn.map(({ x, y, atLeft, label, shape, colour, labelY }) => (
        <g key={label}>
          {shapes[shape](x, y, colour)}
          <text
            x={atLeft ? x - MARK_GAP_PX : x + MARK_GAP_PX}
            y={labelY + 4}
            textAnchor={atLeft ? 'end' : 'start'}
            className="fill-text font-medium text-[11px]"
            stroke="var(--panel)"
            strokeWidth={3}
            paintOrder="stroke"
          >
            {label}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Says in the zone what it means, and marks on the axis where figures are missing. */
function Notes({ spec }: { readonly spec: ChartSpec }) {
  const plot = usePlotArea();
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  if (!plot || !toX || !toY) return null;
  const zoneTop = spec.zone && toY(spec.zone.below);
  const bottom = plot.y + plot.height;
  // The word stands where neither the line nor a mark's own line down to the axis is.
  const taken = [
    ...spec.marks.map(({ x }) => toX(x) ?? 0),
    ...toPixels(spec, toX, toY).flatMap(({ x, y }) => (y > bottom - ZONE_LABEL_PX ? [x] : [])),
  ];
  const wordX =
    spec.zone &&
    placeBetween(taken, spec.zone.label.length * ZONE_LETTER_PX + WORD_MARGIN_PX * 2, {
      low: plot.x,
      high: plot.x + plot.width,
    });
  return (
    <g>
      {spec.zone && zoneTop !== undefined && wordX !== undefined && bottom - zoneTop > 18 && (
        <text x={wordX + WORD_MARGIN_PX} y={bottom - 8} className="text-[11px]" fill={spec.zone.colour}>
          {spec.zone.label}
        </text>
      )}
      {spec.gaps
        ?.filter((x) => x >= spec.xRange.low && x <= spec.xRange.high)
        .map((x) => (
          <rect key={x} x={(toX(x) ?? 0) - 1.5} y={bottom - 6} width={3} height={6} fill="var(--unknown)" />
        ))}
    </g>
  );
}

function Crosshair({ spec, active, level }: Pick<LineChartProps, 'spec' | 'active' | 'level'>) {
  const plot = usePlotArea();
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  if (!plot || !toX || !toY) return null;
  const point = active === undefined ? undefined : spec.points[active];
  const x = point && toX(point.x);
  const height = point ? point.y : level;
  const isDrawn = height !== undefined && height !== null && height >= spec.yRange.low && height <= spec.yRange.high;
  const y = isDrawn ? toY(height) : undefined;
  return (
    <g stroke="var(--text)" strokeWidth={1} opacity={0.75}>
      {x !== undefined && <line x1={x} x2={x} y1={plot.y} y2={plot.y + plot.height} />}
      {y !== undefined && <line x1={plot.x} x2={plot.x + plot.width} y1={y} y2={y} strokeDasharray="2 3" />}
      {x !== undefined && y !== undefined && <circle cx={x} cy={y} r={3.5} fill="var(--text)" />}
    </g>
  );
}

/** The tinted polygon, cut to the plot, its word where its middle is. */
function Area({ spec }: { readonly spec: ChartSpec }) {
  const id = useId();
  const plot = usePlotArea();
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  const { area } = spec;
  if (!plot || !toX || !toY || !area || area.points.length === 0) return null;
  const corners = area.points.map(({ x, y }) => ({ x: toX(x) ?? 0, y: toY(y) ?? 0 }));
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(corners.map((corner) => corner.x)), mean(corners.map((corner) => corner.y))];
  const isInPlot = x > plot.x && x < plot.x + plot.width && y > plot.y && y < plot.y + plot.height;
  return (
    <g>
      <clipPath id={id}>
        <rect x={plot.x} y={plot.y} width={plot.width} height={plot.height} />
      </clipPath>
      <path
        clipPath={`url(#${id})`}
        d={`M${corners.map((corner) => `${corner.x} ${corner.y}`).join('L')}Z`}
        fill={area.fill}
      />
      <text
        x={isInPlot ? x : middle([plot.x, plot.x + plot.width])}
        y={isInPlot ? y : plot.y + plot.height - 8}
        textAnchor="middle"
        className="text-[11px]"
        fill={area.colour}
      >
        {area.label}
      </text>
    </g>
  );
}

/** The mark that is moved; within the plot wherever the pointer goes. */
function Handle({ spec }: { readonly spec: ChartSpec }) {
  const plot = usePlotArea();
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  const fromX = useXAxisInverseScale();
  const fromY = useYAxisInverseScale();
  const hit = useRef<SVGCircleElement>(null);
  const [isHeld, setIsHeld] = useState(false);
  const { handle } = spec;
  if (!plot || !toX || !toY || !fromX || !fromY || !handle) return null;
  const clamp = (value: number, low: number, size: number) => Math.min(low + size, Math.max(low, value));
  const x = clamp(toX(handle.x) ?? 0, plot.x, plot.width);
  const y = clamp(toY(handle.y) ?? 0, plot.y, plot.height);
  const atLeft = x > plot.x + plot.width / 2;
  const move = (event: PointerEvent) => {
    const box = hit.current?.ownerSVGElement?.getBoundingClientRect();
    if (!isHeld || !box) return;
    handle.onMove(
      Number(fromX(clamp(event.clientX - box.left, plot.x, plot.width))),
      Number(fromY(clamp(event.clientY - box.top, plot.y, plot.height))),
    );
  };
  return (
    <g>
      <circle cx={x} cy={y} r={isHeld ? 9 : 7} fill={handle.colour} stroke="var(--panel)" strokeWidth={2.5} />
      <text
        x={atLeft ? x - MARK_GAP_PX : x + MARK_GAP_PX}
        y={y - MARK_GAP_PX}
        textAnchor={atLeft ? 'end' : 'start'}
        className="fill-text font-medium text-[11px]"
        stroke="var(--panel)"
        strokeWidth={3}
        paintOrder="stroke"
      >
        {handle.label}
      </text>
      <circle
        ref={hit}
        data-chart-handle=""
        cx={x}
        cy={y}
        r={HANDLE_HIT_PX}
        fill="transparent"
        style={{ touchAction: 'none', cursor: isHeld ? 'grabbing' : 'grab' }}
        onPointerDown={(event) => {
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
          setIsHeld(true);
        }}
        onPointerMove={move}
        onPointerUp={() => setIsHeld(false)}
        onPointerCancel={() => setIsHeld(false)}
      />
    </g>
  );
}

/** Takes the pointer: moving sets the crosshair, dragging with a mouse chooses a range, on touch dragging moves the crosshair. */
function PointerLayer({ spec, onActive, onZoom }: Pick<LineChartProps, 'spec' | 'onActive' | 'onZoom'>) {
  const plot = usePlotArea();
  const invert = useXAxisInverseScale();
  const layer = useRef<SVGRectElement>(null);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number }>();
  if (!plot || !invert) return null;

  const toPixel = (event: PointerEvent): number => {
    const box = layer.current?.getBoundingClientRect();
    return Math.min(plot.x + plot.width, Math.max(plot.x, event.clientX - (box?.left ?? 0) + plot.x));
  };
  const toValue = (pixel: number): number => Number(invert(pixel));
  const move = (event: PointerEvent) => {
    const pixel = toPixel(event);
    onActive(findNearest(spec.points, toValue(pixel)));
    if (drag) setDrag({ from: drag.from, to: pixel });
  };
  const release = (event: PointerEvent) => {
    if (!drag) return;
    const to = toPixel(event);
    setDrag(undefined);
    if (Math.abs(to - drag.from) < DRAG_PX) return;
    onZoom({ low: toValue(Math.min(drag.from, to)), high: toValue(Math.max(drag.from, to)) });
  };
  return (
    <g>
      {drag && (
        <rect
          x={Math.min(drag.from, drag.to)}
          y={plot.y}
          width={Math.abs(drag.to - drag.from)}
          height={plot.height}
          fill="var(--accent)"
          opacity={0.15}
        />
      )}
      <rect
        ref={layer}
        x={plot.x}
        y={plot.y}
        width={plot.width}
        height={plot.height}
        fill="transparent"
        style={{ touchAction: 'pan-y', cursor: 'crosshair' }}
        onPointerDown={(event) => {
          if (event.pointerType !== 'mouse' || event.button !== 0) return;
          const pixel = toPixel(event);
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: pixel, to: pixel });
        }}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={() => setDrag(undefined)}
        onPointerLeave={(event) => event.pointerType === 'mouse' && onActive(undefined)}
      />
    </g>
  );
}

/**
 * A line against a numeric axis, drawn by Recharts: thresholds, marks, a tinted zone and the crosshair stand over it. It only draws; what
 * the crosshair says, the keyboard and the exports are its panel's.
 */
export default function LineChart({ spec, active, level, onActive, onZoom }: LineChartProps) {
  const [width, setWidth] = useState(0);
  // Recharts takes a mutable array, and takes a new one for new data.
  const data = useMemo(() => [...spec.points], [spec.points]);
  const narrow = width > 0 && width < NARROW_PX;
  const inZone = spec.zone && spec.zone.below > spec.yRange.low ? spec.zone : undefined;
  return (
    <ResponsiveContainer
      width="100%"
      height="100%"
      initialDimension={{ width: 320, height: 240 }}
      onResize={(next) => setWidth(next)}
    >
      <RechartsLineChart
        data={data}
        margin={{ top: 8, right: END_MARGIN_PX, bottom: 4, left: 0 }}
        accessibilityLayer={false}
      >
        {inZone && (
          <ReferenceArea
            y1={spec.yRange.low}
            y2={Math.min(inZone.below, spec.yRange.high)}
            fill={inZone.fill}
            fillOpacity={1}
            ifOverflow="hidden"
          />
        )}
        <XAxis
          dataKey="x"
          type="number"
          domain={[spec.xRange.low, spec.xRange.high]}
          ticks={[...computeTicks(spec.xRange, narrow ? 4 : 6)]}
          tickFormatter={spec.formatX}
          allowDataOverflow
          interval="preserveStartEnd"
          tick={{ className: LABEL_CLASS, fill: 'var(--muted)' }}
          tickLine={false}
          axisLine={{ stroke: 'var(--line)' }}
          height={22}
        />
        <YAxis
          type="number"
          domain={[spec.yRange.low, spec.yRange.high]}
          ticks={[...computeTicks(spec.yRange, 5)]}
          tickFormatter={spec.formatY}
          allowDataOverflow
          tick={{ className: LABEL_CLASS, fill: 'var(--muted)' }}
          tickLine={false}
          axisLine={false}
          width={40}
        />
        <ReferenceLine y={spec.yRange.low} stroke="var(--line)" />
        {spec.area && (
          <ZIndexLayer zIndex={LAYER.area}>
            <Area spec={spec} />
          </ZIndexLayer>
        )}
        <ZIndexLayer zIndex={LAYER.below}>
          <Thresholds spec={spec} />
          <Notes spec={spec} />
        </ZIndexLayer>
        <Line
          dataKey="y"
          name={spec.lineLabel}
          stroke={spec.colour}
          strokeWidth={2}
          dot={({ key, cx, cy, index }) =>
            isAlone(spec.points, index) ? (
              <circle key={key} cx={cx} cy={cy} r={2} fill={spec.colour} />
            ) : (
              <g key={key} />
            )
          }
          activeDot={false}
          isAnimationActive={false}
          connectNulls={false}
          type="linear"
        />
        <ZIndexLayer zIndex={LAYER.above}>
          <Marks spec={spec} />
          <Crosshair spec={spec} active={active} level={level} />
        </ZIndexLayer>
        <ZIndexLayer zIndex={LAYER.pointer}>
          <PointerLayer spec={spec} onActive={onActive} onZoom={onZoom} />
        </ZIndexLayer>
        {spec.handle && (
          <ZIndexLayer zIndex={LAYER.handle}>
            <Handle spec={spec} />
          </ZIndexLayer>
        )}
      </RechartsLineChart>
    </ResponsiveContainer>
  );
}
