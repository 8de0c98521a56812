'use client';

import { useMemo, useState } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import type { ChartRange } from '@/components/charts/chart-spec';
import { isAffected } from '@/components/positions/is-affected';
import { type AnswerRange, computeHealthFactorCurve } from '@/lib/book/health-factor-curve';
import { isLiquidatable } from '@/lib/book/is-liquidatable';
import type { PositionRow, PriceFigure } from '@/lib/book/position-row';
import type { Asset, AssetId } from '@/lib/domain/asset';
import { formatPrice } from '@/lib/format/format-price';
import type { WhatIf } from '@/lib/scenarios/what-if';
import { parseDecimal } from '@/lib/units/decimal';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { toCurveSpec } from './curve-spec';

export interface CurvePanelProps {
  readonly row: PositionRow;
  readonly whatIf: WhatIf;
  readonly figure: PriceFigure;
  readonly onAsset: (asset: Asset) => void;
}

/** A price off the chart, as an answer of the oracle: drawing comes back to money here, and only chooses where to evaluate. */
const toAnswer = (price: number, decimals: number): bigint => {
  const answer = parseDecimal(Math.max(0, price).toFixed(decimals), decimals);
  return answer > 0n ? answer : 1n;
};

/** The asset switch: a native select, so that it fits any number of assets and any screen. */
function AssetSwitch({ row, figure, onAsset }: Omit<CurvePanelProps, 'whatIf'>) {
  return (
    <select
      aria-label="Asset whose price moves"
      value={figure.asset.id}
      onChange={(event) => {
        const chosen = row.prices.find(({ asset }) => asset.id === event.target.value);
        if (chosen) onAsset(chosen.asset);
      }}
      className="h-7 rounded-md border border-line bg-panel px-2 text-[13px]"
    >
      {row.prices.map(({ asset }) => (
        <option key={asset.id} value={asset.id}>
          {asset.symbol}
        </option>
      ))}
    </select>
  );
}

/** "At which price of X am I liquidated?": the health factor against the price of one asset. */
export function CurvePanel({ row, whatIf, figure, onAsset }: CurvePanelProps) {
  const { asset, price } = figure;
  // Kept with the asset it belongs to: another asset starts with its whole range.
  const [zoomed, setZoomed] = useState<{ readonly assetId: AssetId; readonly range: ChartRange }>();
  const zoom = zoomed?.assetId === asset.id ? zoomed.range : undefined;

  const { whole, spec, empty } = useMemo(() => {
    const at = (range: AnswerRange | undefined) => computeHealthFactorCurve(row, { assetId: asset.id, whatIf, range });
    const wholeCurve = at(undefined);
    if (!wholeCurve.known) return { whole: undefined, spec: undefined, empty: `— ${wholeCurve.reason.text}` };
    if (wholeCurve.value === null) {
      return {
        whole: undefined,
        spec: undefined,
        empty: 'At none: without debt no price can liquidate this position.',
      };
    }
    const wholeSpec = toCurveSpec(wholeCurve.value);
    if (!zoom) return { whole: wholeSpec.xRange, spec: wholeSpec, empty: undefined };
    const range = { low: toAnswer(zoom.low, price.decimals), high: toAnswer(zoom.high, price.decimals) };
    const curve = at(range.high > range.low ? range : undefined);
    const zoomedSpec = curve.known && curve.value ? toCurveSpec(curve.value) : wholeSpec;
    return { whole: wholeSpec.xRange, spec: zoomedSpec, empty: undefined };
  }, [row, asset.id, price.decimals, whatIf, zoom]);

  const { liquidatesAt } = figure;
  const isPast = isLiquidatable(row);
  const standing = isAffected([...row.collateral, ...row.debt], whatIf)
    ? 'Liquidatable under the what-if.'
    : 'Liquidatable now.';
  const note = isPast
    ? liquidatesAt?.exists
      ? `${standing} ${asset.symbol} ${liquidatesAt.direction === 'below' ? 'above' : 'below'} ${formatPrice(liquidatesAt.answer, liquidatesAt.decimals, roundTowardToday(liquidatesAt.direction))} would cure it, other prices held.`
      : `${standing} ${liquidatesAt?.text ?? ''}`
    : spec && liquidatesAt && !liquidatesAt.exists
      ? `None: ${liquidatesAt.text}`
      : undefined;
  return (
    <ChartPanel
      title={`At which ${asset.symbol} price am I liquidated?`}
      spec={spec}
      empty={empty}
      whole={whole}
      zoom={zoom}
      onZoom={(range) => setZoomed(range && { assetId: asset.id, range })}
      controls={<AssetSwitch {...{ row, figure, onAsset }} />}
      note={spec && note}
    />
  );
}
