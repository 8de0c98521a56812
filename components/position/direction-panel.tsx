'use client';

import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Figure } from '@/components/ui/figure';
import { Panel } from '@/components/ui/panel';
import { Slider } from '@/components/ui/slider';
import { computeDirectionView, computeInterestView, type DirectionView } from '@/lib/book/direction-view';
import type { BookFamily, PositionRow } from '@/lib/book/position-row';
import { toOptional } from '@/lib/domain/known';
import { formatDuration } from '@/lib/format/format-duration';
import { formatExact, formatFixed } from '@/lib/format/format-fixed';
import { formatChange, formatChangeBps } from '@/lib/format/format-percent';
import { formatPrice } from '@/lib/format/format-price';
import { scenarios } from '@/lib/scenarios/registry';
import { NO_WHAT_IF, scenarioToWhatIf, type WhatIf } from '@/lib/scenarios/what-if';
import { WAD } from '@/lib/units/fixed';
import { floorRational } from '@/lib/units/rational';
import type { ProbeState } from './use-probe';

const WAD_DECIMALS = 18;
const OWN = 'own';
const STEP_BPS = 500;
const LOWEST_BPS = -9_500;
const HIGHEST_BPS = 9_500;

/** How much of the move it takes, rounded down: 98.04 % as "98.0 %", 1.239 times as "1.23 times". */
function formatTimes({ times, isWithin }: Extract<DirectionView, { exists: true }>): string {
  const scaled = floorRational(times, WAD);
  return isWithin
    ? `${formatFixed(scaled * 100n, WAD_DECIMALS, 1, 'down')} %`
    : `${formatFixed(scaled, WAD_DECIMALS, 2, 'down')} times`;
}

function Answer({
  view,
  state,
  affected,
}: {
  readonly view: DirectionView;
  readonly state: ProbeState;
  readonly affected: boolean;
}) {
  if (!view.exists) {
    return (
      <p className="py-1 text-[13px] text-muted">
        none <span className="text-faint">{view.text}</span>
      </p>
    );
  }
  return (
    <>
      <p className="py-1 text-[13px]">
        Liquidated past <Figure text={formatTimes(view)} affected={affected} className="font-semibold" /> of this move
        {view.survives && ': it survives the move itself'}.
      </p>
      <ul>
        {view.answers.map(({ asset, turn, decimals, change, rounding }) => (
          <li
            key={asset.id}
            className="flex items-baseline justify-between gap-3 border-line border-b py-1 text-[13px] last:border-0"
          >
            <span>{asset.symbol}</span>
            <span>
              <Figure
                text={formatPrice(turn, decimals, rounding)}
                exact={formatExact(turn, decimals)}
                affected={affected}
                className="font-medium"
              />{' '}
              <span className="inline-block w-16 text-right text-faint tabular-nums">
                {formatChange(change, rounding)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <Button
        className="mt-2"
        onClick={() => state.move(new Map(view.answers.map(({ asset, beyond }) => [asset.id, beyond])))}
      >
        Look at this point
      </Button>
    </>
  );
}

function OwnMove({
  families,
  move,
  onChange,
}: {
  readonly families: readonly BookFamily[];
  readonly move: WhatIf;
  readonly onChange: (move: WhatIf) => void;
}) {
  return (
    <div className="mb-1 grid gap-1 text-[13px]">
      {families.map(({ key, label, symbols }) => {
        const bps = move.byFamily[key] ?? 0;
        return (
          <div key={key} className="flex items-center gap-2">
            <span className="w-14 truncate text-muted" title={symbols.join(', ')}>
              {label}
            </span>
            <Slider
              label={`How far ${label} moves`}
              className="min-w-24 flex-1"
              min={LOWEST_BPS}
              max={HIGHEST_BPS}
              step={STEP_BPS}
              value={bps}
              valueText={formatChangeBps(bps)}
              resetTo={0}
              onChange={(next) => onChange({ ...move, byFamily: { ...move.byFamily, [key]: next } })}
            />
            <span className="num w-14">{formatChangeBps(bps)}</span>
          </div>
        );
      })}
      <p className="text-faint text-xs">Only the proportions matter: twice the move is the same direction.</p>
    </div>
  );
}

/** A first move of one's own: what is no dollar stablecoin falls by a fifth. */
const startMove = (families: readonly BookFamily[]): WhatIf => ({
  allBps: 0,
  byFamily: Object.fromEntries(families.filter(({ stable }) => !stable).map(({ key }) => [key, -2_000])),
});

/** Unknown is not never, and neither is now; nor is nearly now, which the venue's own figure tells apart. */
function describeInterest(row: PositionRow, affected: boolean): string {
  const interest = computeInterestView(row);
  if (!interest.known) return `— ${interest.reason.text}`;
  const { value } = interest;
  if (value.exists) {
    const [earliest, latest] = [value.earliestSeconds, value.latestSeconds].map(formatDuration);
    return earliest === latest ? `in ${earliest}` : `in ${earliest} to ${latest}`;
  }
  switch (value.reason) {
    case 'already-liquidatable':
      if (toOptional(row.evaluation.liquidatable) !== true) return value.text;
      return affected ? 'liquidatable under the what-if already.' : 'now: liquidatable already.';
    case 'rate-unknown':
      return `— ${value.text}`;
    case 'no-debt':
    case 'no-rate':
      return `never. ${value.text}`;
  }
}

function InterestLine({ row, affected }: { readonly row: PositionRow; readonly affected: boolean }) {
  const text = useMemo(() => describeInterest(row, affected), [row, affected]);
  return (
    <p className="mt-3 border-line border-t pt-2 text-[13px]">
      <span className="text-muted" title="Rates and prices held; what the collateral earns is left out">
        From interest alone, prices held
      </span>{' '}
      <span className={classNames('tabular-nums', affected && 'whatif')}>{text}</span>
    </p>
  );
}

/** "How far along a move of my own until I am liquidated?": a scenario's proportions, or the reader's. */
export function DirectionPanel({
  row,
  families,
  state,
  affected,
}: {
  readonly row: PositionRow;
  readonly families: readonly BookFamily[];
  readonly state: ProbeState;
  readonly affected: boolean;
}) {
  const [choice, setChoice] = useState<string>(OWN);
  const [own, setOwn] = useState<WhatIf>();
  const scenario = scenarios.find(({ id }) => id === choice);
  const mine = own ?? startMove(families);
  const move = scenario ? scenarioToWhatIf(scenario, families) : mine;
  const view = useMemo(() => computeDirectionView(row, move ?? NO_WHAT_IF), [row, move]);
  return (
    <Panel
      title="How far along a move until I am liquidated?"
      actions={
        <select
          aria-label="The move"
          value={choice}
          onChange={(event) => setChoice(event.target.value)}
          className="h-7 max-w-52 rounded-md border border-line bg-panel px-2 text-[13px]"
        >
          <option value={OWN}>a move of your own</option>
          {scenarios.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      }
    >
      {scenario ? (
        <p className="mb-1 text-[13px] text-muted">{scenario.summary}</p>
      ) : (
        <OwnMove families={families} move={mine} onChange={setOwn} />
      )}
      {view.known ? (
        <Answer view={view.value} {...{ state, affected }} />
      ) : (
        <p className="text-muted">— {view.reason.text}</p>
      )}
      <InterestLine {...{ row, affected }} />
    </Panel>
  );
}
