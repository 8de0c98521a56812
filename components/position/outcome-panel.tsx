'use client';

import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { computeOutcomeView, findTurn, listPairChoices, type PairChoice } from '@/lib/book/outcome-view';
import type { PositionRow } from '@/lib/book/position-row';
import { computeProbe } from '@/lib/book/probe';
import { toOptional } from '@/lib/domain/known';
import type { PositionOutcome } from '@/lib/domain/outcome';
import { formatPrice } from '@/lib/format/format-price';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { describeProbe } from './describe-probe';
import { type Affected, Left, OutcomeSteps, Value } from './outcome-steps';
import type { ProbeState } from './use-probe';

const TITLE = 'What would a liquidation cost?';
const LINE = 'flex items-baseline justify-between gap-3 border-line border-b py-1 text-[13px] last:border-0';

function Totals({ outcome, affected }: Affected & { readonly outcome: PositionOutcome }) {
  const last = outcome.steps.at(-1);
  return (
    <dl className="mt-1">
      <div className={LINE}>
        <dt className="text-muted">Lost to the liquidation</dt>
        <dd className="font-semibold">
          <Value value={outcome.penaltyValue} affected={affected} />
        </dd>
      </div>
      {last && (
        <>
          <div className={LINE}>
            <dt className="text-muted">Collateral left</dt>
            <dd className="text-right">
              <Left quantities={last.collateralLeft} none="none" rounding="down" affected={affected} />
            </dd>
          </div>
          <div className={LINE}>
            <dt className="text-muted">Debt left</dt>
            <dd className="text-right">
              <Left quantities={last.debtLeft} none="none" rounding="up" affected={affected} />
            </dd>
          </div>
        </>
      )}
      <div className={LINE}>
        <dt className="text-muted">Bad debt</dt>
        <dd className="text-right">
          {outcome.badDebtValue === 0n ? (
            'none'
          ) : (
            <>
              <span className="font-semibold text-liquidatable">
                <Value value={outcome.badDebtValue} affected={affected} />
              </span>{' '}
              borne by {outcome.badDebtBearer}
            </>
          )}
        </dd>
      </div>
    </dl>
  );
}

function PairSelect({
  choices,
  value,
  onChange,
}: {
  readonly choices: readonly PairChoice[];
  readonly value: string;
  readonly onChange: (key: string) => void;
}) {
  return (
    <select
      aria-label="What the liquidator takes"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-7 max-w-52 rounded-md border border-line bg-panel px-2 text-[13px]"
    >
      <option value="">what pays it most</option>
      {choices.map(({ key, label }) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** Nothing is liquidated at these prices: how to see what would be. */
function Healthy({ row, state }: { readonly row: PositionRow; readonly state: ProbeState }) {
  const turn = findTurn(row);
  return (
    <div className="py-2 text-[13px] text-muted">
      <p>At these prices nothing is liquidated.{turn ? ' Move the point into the liquidatable area, or:' : ''}</p>
      {turn && (
        <Button className="mt-2" onClick={() => state.move(new Map([[turn.asset.id, turn.answer]]))}>
          {turn.asset.symbol} at {formatPrice(turn.answer, turn.decimals, roundTowardToday(turn.direction))}, where it
          turns
        </Button>
      )}
    </div>
  );
}

/** The outcome of a liquidation at the prices of the moved point, or at today's: step by step until healthy or empty. */
export function OutcomePanel({
  row,
  state,
  affected,
}: Affected & { readonly row: PositionRow; readonly state: ProbeState }) {
  const isHypothetical = affected || state.isActive;
  const [key, setKey] = useState('');
  const choices = useMemo(() => listPairChoices(row), [row]);
  const pair = choices.find((choice) => choice.key === key)?.pair;
  const outcome = useMemo(() => computeOutcomeView(row, state.probe, pair), [row, state.probe, pair]);
  const shown = toOptional(outcome);
  const evaluation = toOptional(useMemo(() => computeProbe(row, state.probe), [row, state.probe]));
  const isLiquidatable = evaluation !== undefined && toOptional(evaluation.liquidatable) === true;
  return (
    <Panel
      title={TITLE}
      detail={describeProbe(state.isActive, affected)}
      actions={choices.length > 1 && <PairSelect choices={choices} value={pair ? key : ''} onChange={setKey} />}
    >
      {!outcome.known && <p className="text-[13px] text-muted">— {outcome.reason.text}</p>}
      {shown && shown.steps.length === 0 && shown.badDebtValue === 0n && !isLiquidatable && (
        <Healthy row={row} state={state} />
      )}
      {shown && (shown.steps.length > 0 || shown.badDebtValue > 0n || isLiquidatable) && (
        <>
          {shown.steps.length === 0 && (
            <p className="text-[13px] text-liquidatable">
              Liquidatable at these prices, but no liquidation takes place: the reasons are below.
            </p>
          )}
          {shown.steps.length > 0 && <OutcomeSteps steps={shown.steps} affected={isHypothetical} />}
          <Totals outcome={shown} affected={isHypothetical} />
          <details open={shown.steps.length === 0} className="mt-2 text-[12px] text-faint">
            <summary>What is assumed</summary>
            <ul className="mt-1 list-disc pl-4">
              {shown.assumptions.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </details>
        </>
      )}
    </Panel>
  );
}
