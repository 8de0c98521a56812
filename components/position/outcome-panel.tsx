'use client';

import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Figure } from '@/components/ui/figure';
import { Panel } from '@/components/ui/panel';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { computeOutcomeView, findTurn, listPairChoices, type PairChoice } from '@/lib/book/outcome-view';
import type { PositionRow } from '@/lib/book/position-row';
import { computeProbe } from '@/lib/book/probe';
import { toOptional } from '@/lib/domain/known';
import type { PositionLiquidationStep, PositionOutcome, TokenQuantity } from '@/lib/domain/outcome';
import { formatAmount } from '@/lib/format/format-amount';
import { formatExact } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatPrice } from '@/lib/format/format-price';
import { formatUsd } from '@/lib/format/format-usd';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { describeProbe } from './describe-probe';
import type { ProbeState } from './use-probe';

const TITLE = 'What would a liquidation cost?';
const BASE_DECIMALS = 8;

/** Whether a what-if or the moved point changed the figure. */
interface Affected {
  readonly affected: boolean;
}

function Quantity({
  quantity,
  rounding,
  affected,
}: Affected & { readonly quantity: TokenQuantity; readonly rounding: 'down' | 'up' }) {
  const { asset, amount } = quantity;
  return (
    <Figure
      text={formatAmount(amount, asset.decimals, rounding)}
      unit={asset.symbol}
      exact={formatExact(amount, asset.decimals)}
      affected={affected}
    />
  );
}

const Value = ({ value, affected }: Affected & { readonly value: bigint }) => (
  <Figure text={formatUsd(value, 'up')} exact={`$${formatExact(value, BASE_DECIMALS)}`} affected={affected} />
);

const HealthAfter = ({ value, affected }: Affected & { readonly value: bigint | null }) =>
  value === null ? (
    <span title="Nothing is owed any more">no debt</span>
  ) : (
    <Figure text={formatHealthFactor(value)} exact={formatExact(value, 18)} affected={affected} />
  );

function Steps({ steps, affected }: Affected & { readonly steps: readonly PositionLiquidationStep[] }) {
  return (
    <div className="overflow-x-auto">
      <Table className="text-[13px]">
        <thead>
          <tr>
            <HeadCell className="text-left">Step</HeadCell>
            <HeadCell className="num">Repaid</HeadCell>
            <HeadCell className="num">Seized</HeadCell>
            <HeadCell className="num" title="Part of what is seized that goes to the protocol">
              of it fee
            </HeadCell>
            <HeadCell className="num">Penalty</HeadCell>
            <HeadCell className="num">Health after</HeadCell>
          </tr>
        </thead>
        <tbody>
          {steps.map((step, index) => (
            <tr key={`${step.pair.collateral} ${step.pair.debt} ${step.repaid.amount} ${step.seized.amount}`}>
              <Cell>{index + 1}</Cell>
              <Cell className="num">
                <Quantity quantity={step.repaid} rounding="up" affected={affected} />
              </Cell>
              <Cell className="num">
                <Quantity quantity={step.seized} rounding="up" affected={affected} />
              </Cell>
              <Cell className="num">
                {step.fee.amount === 0n ? 'none' : <Quantity quantity={step.fee} rounding="up" affected={affected} />}
              </Cell>
              <Cell className="num">
                <Value value={step.penaltyValue} affected={affected} />
              </Cell>
              <Cell className="num">
                <HealthAfter value={step.healthFactorAfter} affected={affected} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

/** What is left, or that nothing is. */
function Left({
  quantities,
  none,
  rounding,
  affected,
}: Affected & {
  readonly quantities: readonly TokenQuantity[];
  readonly none: string;
  readonly rounding: 'down' | 'up';
}) {
  const held = quantities.filter(({ amount }) => amount > 0n);
  if (held.length === 0) return <>{none}</>;
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {held.map((quantity) => (
        <Quantity key={quantity.asset.id} {...{ quantity, rounding, affected }} />
      ))}
    </span>
  );
}

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
          {shown.steps.length > 0 && <Steps steps={shown.steps} affected={isHypothetical} />}
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
