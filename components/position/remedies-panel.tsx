'use client';

import { useDeferredValue, useMemo, useState } from 'react';
import { Figure } from '@/components/ui/figure';
import { Panel } from '@/components/ui/panel';
import type { PositionRow } from '@/lib/book/position-row';
import { computeRemediesView, type HeadroomView, type RemediesView, type RemedyView } from '@/lib/book/remedies-view';
import type { RemedyStep } from '@/lib/book/remedy-steps';
import { formatAmount } from '@/lib/format/format-amount';
import { formatExact } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatPercentBps } from '@/lib/format/format-percent';
import { formatUsd } from '@/lib/format/format-usd';
import { formatDecimal, parseDecimal } from '@/lib/units/decimal';
import { WAD, wad } from '@/lib/units/fixed';
import { CopyButton } from './copy-button';
import { describeProbe } from './describe-probe';
import type { ProbeState } from './use-probe';

const WAD_DECIMALS = 18;
const BASE_DECIMALS = 8;
const TARGET = /^\d{1,3}(?:\.\d{1,4})?$/;
const USUAL_TARGET = '1.5';

const VERBS: Readonly<Record<RemedyStep['kind'], string>> = {
  supply: 'add',
  repay: 'repay',
  withdraw: 'sell',
  borrow: 'borrow',
};

const symbolOf = (asset: RemedyView['to']): string => asset?.symbol ?? '';

/** What a remedy is, in words. */
function describe({ kind, from, to }: RemedyView): string {
  switch (kind) {
    case 'add-collateral':
      return `Add ${symbolOf(to)}`;
    case 'repay':
      return `Repay ${symbolOf(to)}`;
    case 'repay-with-collateral':
      return `Repay ${symbolOf(to)} with ${symbolOf(from)}`;
    case 'swap-collateral':
      return `Swap ${symbolOf(from)} for ${symbolOf(to)}`;
    case 'swap-debt':
      return `Owe ${symbolOf(to)} instead of ${symbolOf(from)}`;
    case 'mix':
      return 'Cheapest mix';
  }
}

/** The steps as text that can be followed: full precision. */
const toText = ({ steps }: RemedyView): string =>
  steps
    .map(({ kind, asset, amount }) => `${VERBS[kind]} ${formatDecimal(amount, asset.decimals)} ${asset.symbol}`)
    .join(', ');

function Steps({ steps, affected }: { readonly steps: readonly RemedyStep[]; readonly affected: boolean }) {
  return (
    <span className="inline-flex flex-wrap gap-x-2 text-muted">
      {steps.map(({ kind, asset, amount }) => (
        <span key={`${kind} ${asset.id}`} className="whitespace-nowrap">
          {VERBS[kind]}{' '}
          <Figure
            text={formatAmount(amount, asset.decimals, 'up')}
            unit={asset.symbol}
            exact={formatExact(amount, asset.decimals)}
            affected={affected}
          />
        </span>
      ))}
    </span>
  );
}

function RemedyLine({
  remedy,
  isCheapest,
  affected,
}: {
  readonly remedy: RemedyView;
  readonly isCheapest: boolean;
  readonly affected: boolean;
}) {
  const { healthFactorAfter, cost } = remedy;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-0.5 border-line border-b py-1.5 text-[13px] last:border-0">
      <span className="min-w-0">
        <span className="font-medium">{describe(remedy)}</span>
        {isCheapest && <span className="text-accent"> cheapest</span>}
        <br />
        <Steps steps={remedy.steps} affected={affected} />
      </span>
      <span className="flex items-baseline gap-3">
        <span className="text-right">
          <Figure
            text={formatUsd(cost, 'up')}
            exact={`$${formatExact(cost, BASE_DECIMALS)}`}
            affected={affected}
            className="font-medium"
          />
          <span className="block text-faint text-xs">
            health{' '}
            {healthFactorAfter === null ? (
              'no debt'
            ) : (
              <Figure
                text={formatHealthFactor(healthFactorAfter)}
                exact={formatExact(healthFactorAfter, WAD_DECIMALS)}
                affected={affected}
              />
            )}
          </span>
        </span>
        <CopyButton label="Copy" text={() => toText(remedy)} />
      </span>
    </li>
  );
}

function Unavailable({ remedies }: { readonly remedies: readonly RemedyView[] }) {
  if (remedies.length === 0) return null;
  return (
    <details className="mt-2 text-[13px] text-muted">
      <summary>Not possible: {remedies.length}</summary>
      <ul className="mt-1">
        {remedies.map((remedy) => (
          <li key={describe(remedy)} className="border-line border-b py-1 last:border-0">
            {describe(remedy)} <span className="text-faint">{remedy.unavailable}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Headrooms({
  headrooms,
  target,
  affected,
}: {
  readonly headrooms: readonly HeadroomView[];
  readonly target: string;
  readonly affected: boolean;
}) {
  if (headrooms.length === 0) return null;
  return (
    <div className="mt-3 border-line border-t pt-2 text-[13px]">
      <p className="text-muted">Still possible with a health factor of at least {target}, one at a time:</p>
      <ul className="mt-1">
        {headrooms.map(({ kind, asset, amount, unavailable }) => (
          <li key={`${kind} ${asset.id}`} className="flex items-baseline justify-between gap-3 py-0.5">
            <span>{kind === 'withdraw' ? `Withdraw ${asset.symbol}` : `Borrow ${asset.symbol}`}</span>
            <span className="text-right">
              {amount > 0n ? (
                <Figure
                  text={formatAmount(amount, asset.decimals)}
                  unit={asset.symbol}
                  exact={formatExact(amount, asset.decimals)}
                  affected={affected}
                  className="font-medium"
                />
              ) : (
                <span className="text-muted">
                  none {unavailable && <span className="text-faint text-xs">{unavailable}</span>}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Answers({
  view,
  target,
  affected,
}: {
  readonly view: RemediesView;
  readonly target: string;
  /** A what-if or the moved point changed the prices at which the target is asked for. */
  readonly affected: boolean;
}) {
  const possible = view.single.filter(({ unavailable }) => unavailable === undefined);
  const impossible = view.single.filter(({ unavailable }) => unavailable !== undefined);
  const mix = view.cheapest?.unavailable === undefined ? view.cheapest : undefined;
  const shown = mix && possible.every(({ cost }) => mix.cost < cost) ? [mix, ...possible] : possible;
  return (
    <>
      {view.isReached && <p className="py-1 text-[13px]">Reached as it is: nothing needs to be done.</p>}
      {!view.isReached && shown.length === 0 && (
        <p className="py-1 text-[13px] text-muted">Nothing that this venue allows reaches it.</p>
      )}
      <ul>
        {shown.map((remedy, index) => (
          <RemedyLine key={describe(remedy)} remedy={remedy} isCheapest={index === 0} affected={affected} />
        ))}
      </ul>
      <Unavailable remedies={impossible} />
      <Headrooms headrooms={view.headrooms} target={target} affected={affected} />
      {!view.isReached && (
        <p className="mt-2 text-faint text-xs">
          Cost: cash brought in, or what a swap loses, taken as {formatPercentBps(view.swapCostBps)} of what is sold.
          Trades at the oracle’s prices of today; a swap repays or adds before it takes out.
        </p>
      )}
    </>
  );
}

/** What brings the health factor to a target at the moved point, under the what-if or today, and how much could still be taken out. */
export function RemediesPanel({
  row,
  state,
  affected,
}: {
  readonly row: PositionRow;
  readonly state: ProbeState;
  readonly affected: boolean;
}) {
  const [text, setText] = useState(USUAL_TARGET);
  const target = TARGET.test(text) ? parseDecimal(text, WAD_DECIMALS) : undefined;
  const isValid = target !== undefined && target >= WAD;
  // While a point is dragged the answers follow a moment later, and the drag stays smooth.
  const request = useDeferredValue(isValid ? target : undefined);
  const probe = useDeferredValue(state.probe);
  const view = useMemo(
    () => (request === undefined ? undefined : computeRemediesView(row, { target: wad(request), probe })),
    [row, request, probe],
  );
  return (
    <Panel
      title="What would make it safer?"
      detail={describeProbe(state.isActive, affected)}
      actions={
        <label className="flex items-center gap-1.5 text-[13px] text-muted">
          Health factor to reach
          <input
            value={text}
            onChange={(event) => setText(event.target.value)}
            inputMode="decimal"
            aria-invalid={!isValid}
            className="num h-7 w-16 rounded-md border border-line bg-panel px-2 text-text"
          />
        </label>
      }
    >
      {!isValid && (
        <p role="alert" className="text-[13px] text-danger">
          A number of at least 1 is expected, such as 1.5.
        </p>
      )}
      {view && !view.known && <p className="text-[13px] text-muted">— {view.reason.text}</p>}
      {view?.known && <Answers view={view.value} target={text} affected={affected || state.isActive} />}
    </Panel>
  );
}
