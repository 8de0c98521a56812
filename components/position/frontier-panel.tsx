'use client';

import { useMemo, useState } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import type { ChartRange } from '@/components/charts/chart-spec';
import { KnownFigure } from '@/components/positions/known-figure';
import { Button } from '@/components/ui/button';
import { Figure } from '@/components/ui/figure';
import { Slider } from '@/components/ui/slider';
import { computeFrontierView, type FrontierView, listFrontierFigures } from '@/lib/book/frontier-view';
import type { PositionRow, PriceFigure } from '@/lib/book/position-row';
import { computeProbe } from '@/lib/book/probe';
import type { AssetId } from '@/lib/domain/asset';
import { toOptional } from '@/lib/domain/known';
import { formatExact } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatPrice } from '@/lib/format/format-price';
import { parseDecimal } from '@/lib/units/decimal';
import { nameStand, standAt, toFrontierSpec } from './frontier-spec';
import type { ProbeState } from './use-probe';

const TITLE = 'At which pairs of prices am I liquidated?';
const SLIDER_STEPS = 400;

/** A price off the chart, as an answer of the oracle: drawing comes back to money here, and only chooses where to look. */
const toAnswer = (price: number, { price: { decimals } }: PriceFigure): bigint => {
  const answer = parseDecimal(Math.max(0, price).toFixed(decimals), decimals);
  return answer > 0n ? answer : 1n;
};

function AxisSelect({
  label,
  figures,
  value,
  onChange,
}: {
  readonly label: string;
  readonly figures: readonly PriceFigure[];
  readonly value: AssetId;
  readonly onChange: (id: AssetId) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as AssetId)}
      className="h-7 rounded-md border border-line bg-panel px-2 text-[13px]"
    >
      {figures.map(({ asset }) => (
        <option key={asset.id} value={asset.id}>
          {asset.symbol}
        </option>
      ))}
    </select>
  );
}

/** The moved point by keyboard and by finger: one slider for each of the two prices. */
function PriceSlider({
  figure,
  range,
  answer,
  affected,
  onChange,
}: {
  readonly figure: PriceFigure;
  readonly range: { readonly low: bigint; readonly high: bigint };
  readonly answer: bigint;
  readonly affected: boolean;
  readonly onChange: (answer: bigint) => void;
}) {
  const { symbol } = figure.asset;
  const text = formatPrice(answer, figure.price.decimals);
  const span = range.high - range.low;
  const steps = BigInt(SLIDER_STEPS);
  const at = Number(((answer - range.low) * steps) / (span > 0n ? span : 1n));
  return (
    <div className="flex min-w-0 items-center gap-2">
      <span className="w-14 truncate text-muted">{symbol}</span>
      <Slider
        label={`What if ${symbol} stands at`}
        className="min-w-24 flex-1"
        min={0}
        max={SLIDER_STEPS}
        step={1}
        value={Math.min(SLIDER_STEPS, Math.max(0, at))}
        valueText={text}
        onChange={(step) => onChange(range.low + (span * BigInt(step)) / steps)}
      />
      <span className="num w-20">
        <Figure
          text={text}
          exact={`$${formatExact(answer, figure.price.decimals)}`}
          affected={affected}
          className="font-medium"
        />
      </span>
    </div>
  );
}

function chooseAxes(
  figures: readonly PriceFigure[],
  row: PositionRow,
): readonly [PriceFigure, PriceFigure] | undefined {
  const nearest = toOptional(row.nearest)?.assetId;
  const x = figures.find(({ asset }) => asset.id === nearest) ?? figures[0];
  const y = figures.find((figure) => figure !== x);
  return x && y && [x, y];
}

interface FrontierPanelProps {
  readonly row: PositionRow;
  readonly state: ProbeState;
  /** A what-if changed figures of the position. */
  readonly affected: boolean;
}

function PointReadout({ row, state: { probe, reset, isActive }, affected }: FrontierPanelProps) {
  const evaluation = computeProbe(row, probe);
  return (
    <div
      className="mt-2 flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1 border-line border-t pt-2"
      aria-live="polite"
    >
      <span>
        {isActive ? 'Health factor at this point' : `Health factor ${nameStand(affected)}`}{' '}
        <span className="font-semibold">
          {evaluation.known ? (
            <KnownFigure
              figure={evaluation.value.healthFactor}
              format={formatHealthFactor}
              exact={(value) => (value === null ? undefined : formatExact(value, 18))}
              affected={isActive || affected}
            />
          ) : (
            <span title={evaluation.reason.text}>—</span>
          )}
        </span>
        {evaluation.known && toOptional(evaluation.value.liquidatable) && (
          <span className="text-liquidatable"> liquidatable</span>
        )}
      </span>
      {isActive && (
        <Button kind="quiet" onClick={reset}>
          {affected ? 'Back to the what-if' : 'Back to today'}
        </Button>
      )}
    </div>
  );
}

function describeEmpty(view: FrontierView): string | undefined {
  return view.frontier.exists ? undefined : view.frontier.text;
}

/** The liquidation frontier of two assets with the row's own point (today's, or the what-if's) and one that can be moved; health factor and outcome follow it. */
export function FrontierPanel({ row, state, affected }: FrontierPanelProps) {
  const { probe, move } = state;
  const figures = useMemo(() => listFrontierFigures(row), [row]);
  const [axes, setAxes] = useState<{ readonly x?: AssetId; readonly y?: AssetId }>({});
  const [zoom, setZoom] = useState<ChartRange>();
  const usual = chooseAxes(figures, row);
  const x = figures.find(({ asset }) => asset.id === axes.x) ?? usual?.[0];
  const y =
    figures.find(({ asset }) => asset.id === axes.y && asset.id !== x?.asset.id) ??
    figures.find((figure) => figure !== x);

  const view = useMemo(
    () => (x && y ? computeFrontierView(row, { x: x.asset.id, y: y.asset.id, probe }) : undefined),
    [row, x, y, probe],
  );
  if (!x || !y || !view) {
    return (
      <ChartPanel
        title={TITLE}
        spec={undefined}
        empty="A frontier takes two assets; the price of no more than one weighs on this position."
        whole={undefined}
        zoom={undefined}
        onZoom={setZoom}
      />
    );
  }
  const shown = view.known ? view.value : undefined;
  const spec =
    shown &&
    toFrontierSpec(shown, {
      probe,
      affected,
      onMove: (toX, toY) =>
        move(
          new Map([
            [x.asset.id, toAnswer(toX, x)],
            [y.asset.id, toAnswer(toY, y)],
          ]),
        ),
    });
  const [atX, atY] = [standAt(x, probe), standAt(y, probe)];
  return (
    <ChartPanel
      title={TITLE}
      spec={spec && (zoom ? { ...spec, xRange: zoom } : spec)}
      empty={view.known ? undefined : `— ${view.reason.text}`}
      whole={spec?.xRange}
      zoom={zoom}
      onZoom={setZoom}
      controls={
        <>
          <AxisSelect
            label="Asset across"
            figures={figures}
            value={x.asset.id}
            onChange={(id) => {
              setZoom(undefined);
              setAxes({ x: id, ...(id === y.asset.id ? { y: x.asset.id } : { y: y.asset.id }) });
            }}
          />
          <AxisSelect
            label="Asset upwards"
            figures={figures.filter((figure) => figure !== x)}
            value={y.asset.id}
            onChange={(id) => setAxes({ x: x.asset.id, y: id })}
          />
        </>
      }
      note={
        <div className="text-[13px] text-text">
          {shown && describeEmpty(shown) && <p className="mb-1 text-muted">{describeEmpty(shown)}</p>}
          {shown && atX !== undefined && atY !== undefined && (
            <div className="grid gap-1">
              <PriceSlider
                figure={x}
                range={shown.frame.x}
                answer={atX}
                affected={affected || probe.has(x.asset.id)}
                onChange={(answer) => move(new Map([[x.asset.id, answer]]))}
              />
              <PriceSlider
                figure={y}
                range={shown.frame.y}
                answer={atY}
                affected={affected || probe.has(y.asset.id)}
                onChange={(answer) => move(new Map([[y.asset.id, answer]]))}
              />
            </div>
          )}
          <PointReadout {...{ row, state, affected }} />
        </div>
      }
    />
  );
}
