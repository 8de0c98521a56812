'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatFineCompact, formatFineExact } from '@/lib/format/format-fine';
import { formatNumber } from '@/lib/format/format-number';
import { formatChangeBps } from '@/lib/format/format-percent';
import { STEP_BPS } from '@/lib/risk/exposure/falls';
import type { CurvePoint } from '@/lib/risk/exposure/liquidation-curve';
import type { DeskView, FallChoice } from '@/lib/workers/desk/desk-protocol';
import { DataPanel } from './data-panel';
import { describeCoverage } from './describe-coverage';
import { FallCurveChart } from './fall-curve-chart';
import type { RiskView, SetRiskView } from './use-risk-view';

const COMPUTING = 'being computed';

/** While some positions are unknown the figures are of the others: at least so much. */
const describePoint = ({ fallBps, collateralAtRisk, badDebt, count }: CurvePoint, unpricedCount: number): string =>
  `${formatChangeBps(-fallBps)}: ${formatNumber(count, 0)} liquidatable, collateral ${formatFineCompact(collateralAtRisk, 'up')}, bad debt ${
    badDebt === undefined ? COMPUTING : formatFineCompact(badDebt, 'up')
  }${unpricedCount > 0 ? `, ${formatNumber(unpricedCount, 0)} more not known` : ''}`;

/** The positions that turn with this step alone, or all that are liquidatable at it. */
function StepSwitch({ view, setView }: { readonly view: RiskView; readonly setView: SetRiskView }) {
  const { fall } = view;
  if (!fall || fall.toBps === 0) return null;
  const before = fall.toBps - STEP_BPS;
  return (
    <Button
      kind="quiet"
      aria-pressed={fall.fromBps !== undefined}
      onClick={() => void setView({ fall: { ...fall, fromBps: fall.fromBps === undefined ? before : undefined } })}
    >
      {fall.fromBps === undefined
        ? `Only those that turn after ${formatChangeBps(-before)}`
        : `All that are liquidatable at ${formatChangeBps(-fall.toBps)}`}
    </Button>
  );
}

/** "What is liquidated if … falls?": collateral at risk and bad debt. A mark filters everything else to the positions behind it. */
export function FallCurvePanel(props: {
  readonly curve: DeskView['curve'];
  readonly choices: readonly FallChoice[];
  readonly held: readonly string[];
  /** What venues' rules hold still while prices fall. */
  readonly assumptions: readonly string[];
  readonly view: RiskView;
  readonly setView: SetRiskView;
  readonly affected: boolean;
}) {
  const { curve, choices, held, assumptions, view, setView, affected } = props;
  const [active, setActive] = useState<number>();
  const { points, coverage, unpricedCount } = curve;
  const { falling, fall } = view;
  const label = choices.find(({ key }) => key === falling)?.label ?? falling;
  const title = `What is liquidated if ${label} falls?`;
  const found = fall?.falling === falling ? points.findIndex(({ fallBps }) => fallBps === fall.toBps) : -1;
  const chosen = found < 0 ? undefined : found;
  const point = points[active ?? chosen ?? -1];
  const readout = point
    ? describePoint(point, unpricedCount)
    : 'Point or use the arrow keys; Enter or a click shows the positions';
  const choose = (index: number): void => {
    const toBps = points[index]?.fallBps;
    if (toBps === undefined) return;
    void setView({ fall: chosen === index ? null : { falling, fromBps: undefined, toBps } });
  };
  return (
    <DataPanel
      title={title}
      affected={affected}
      hasPicture
      controls={
        <select
          aria-label="What falls"
          value={falling}
          onChange={(event) => void setView({ falling: event.target.value })}
          className="h-7 max-w-48 rounded-md border border-line bg-panel px-2 text-[13px]"
        >
          {choices.every(({ key }) => key !== falling) && <option value={falling}>{falling}</option>}
          {choices.map(({ key, label: name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      }
      head={['Fall', 'Collateral', 'Bad debt', 'Positions', 'Not known']}
      rows={points.map(({ fallBps, collateralAtRisk, badDebt, count }) => [
        { text: formatChangeBps(-fallBps) },
        { text: formatFineCompact(collateralAtRisk, 'up'), exact: formatFineExact(collateralAtRisk) },
        badDebt === undefined
          ? { text: COMPUTING }
          : { text: formatFineCompact(badDebt, 'up'), exact: formatFineExact(badDebt) },
        { text: formatNumber(count, 0), exact: String(count) },
        { text: formatNumber(unpricedCount, 0), exact: String(unpricedCount) },
      ])}
      note={
        <>
          Collateral of positions that are liquidatable, at the prices before the fall; bad debt by each venue’s own
          rule, at the prices after it. {held.length > 0 && falling === 'all' && `Held: ${held.join(', ')}. `}
          {assumptions.map((text) => `${text} `)}
          {describeCoverage(coverage)}
        </>
      }
    >
      <p className="h-9 overflow-hidden text-[12px] text-muted tabular-nums" aria-hidden="true" title={readout}>
        <span className={affected && point ? 'whatif' : undefined}>{readout}</span>
      </p>
      <FallCurveChart label={title} {...{ points, active, chosen, readout }} onActive={setActive} onChoose={choose} />
      <p className="mt-1 flex flex-wrap items-center gap-x-4 text-[12px] text-muted">
        <span>
          <span aria-hidden="true" className="mr-1.5 inline-block w-5 border-text border-t-2 align-middle" />
          collateral
        </span>
        <span>
          <span
            aria-hidden="true"
            className="mr-1.5 inline-block w-5 border-liquidatable border-t-2 border-dashed align-middle"
          />
          bad debt{points.some(({ badDebt }) => badDebt === undefined) && `, ${COMPUTING}`}
        </span>
        <StepSwitch {...{ view, setView }} />
      </p>
    </DataPanel>
  );
}
