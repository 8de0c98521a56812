'use client';

import { useDeferredValue, useMemo, useState } from 'react';
import { Panel } from '@/components/ui/panel';
import type { PositionRow } from '@/lib/book/position-row';
import { computeRemediesView, type RemediesView } from '@/lib/book/remedies-view';
import type { RemedyView } from '@/lib/book/remedy-view';
import { formatPercentBps } from '@/lib/format/format-percent';
import { isWhatIfActive } from '@/lib/scenarios/what-if';
import { parseDecimal } from '@/lib/units/decimal';
import { WAD, wad } from '@/lib/units/fixed';
import { describeProbe } from './describe-probe';
import { HeadroomList } from './headroom-list';
import { describeRemedy, RemedyLine } from './remedy-line';
import type { ProbeState } from './use-probe';

const WAD_DECIMALS = 18;
const TARGET = /^\d{1,3}(?:\.\d{1,4})?$/;
const USUAL_TARGET = '1.5';

/** Two assets may share a symbol, and then their words. */
const keyOf = ({ kind, from, to }: RemedyView): string => [kind, from?.id, to?.id].join(' ');

function Unavailable({ remedies }: { readonly remedies: readonly RemedyView[] }) {
  if (remedies.length === 0) return null;
  return (
    <details className="mt-2 text-[13px] text-muted">
      <summary>Not possible: {remedies.length}</summary>
      <ul className="mt-1">
        {remedies.map((remedy) => (
          <li key={keyOf(remedy)} className="border-line border-b py-1 last:border-0">
            {describeRemedy(remedy)} <span className="text-faint">{remedy.unavailable}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Answers({
  view,
  target,
  affected,
  withNew,
  onNew,
}: {
  readonly view: RemediesView;
  /** What has to do with assets it does not have is worked out. */
  readonly withNew: boolean;
  readonly target: string;
  /** What has to do with assets it does not have is asked for. */
  readonly onNew: () => void;
  /** A what-if or the moved point changed the prices at which the target is asked for. */
  readonly affected: boolean;
}) {
  const possible = view.single.filter(({ unavailable }) => unavailable === undefined);
  const impossible = view.single.filter(({ unavailable }) => unavailable !== undefined);
  const { cheapest: mix, refused } = view;
  const shown = mix && possible.every(({ cost }) => mix.cost < cost) ? [mix, ...possible] : possible;
  // What is cheapest comes first, whatever it takes; new assets beyond that are folded.
  const first = shown.filter(({ isNew }, index) => index === 0 || !isNew);
  const folded = shown.filter(({ isNew }, index) => index > 0 && isNew);
  const isTight = view.isTight && shown.some(({ steps }) => steps.length > 1);
  return (
    <>
      {view.isReached && <p className="py-1 text-[13px]">Reached as it is: nothing needs to be done.</p>}
      {!view.isReached && shown.length === 0 && (
        <p className="py-1 text-[13px] text-muted">Nothing that this venue allows reaches it.</p>
      )}
      <ul>
        {first.map((remedy, index) => (
          <RemedyLine key={keyOf(remedy)} remedy={remedy} isCheapest={index === 0} affected={affected} />
        ))}
      </ul>
      {!view.isReached && view.hasCandidates && (
        <details className="mt-2 text-[13px]" onToggle={(event) => event.currentTarget.open && onNew()}>
          <summary className="text-muted">With assets it does not have yet</summary>
          {withNew && folded.length === 0 && (
            <p className="py-1 text-muted">
              {first.some(({ isNew }) => isNew) ? 'None but what is above.' : 'None that this venue allows reaches it.'}
            </p>
          )}
          <ul>
            {folded.map((remedy) => (
              <RemedyLine key={keyOf(remedy)} remedy={remedy} isCheapest={false} affected={affected} />
            ))}
          </ul>
        </details>
      )}
      {isTight && (
        <p className="mt-2 text-[13px] text-muted">
          So close to 1, the interest of a second between two steps can have the last one refused: aim for 1.001 or
          more.
        </p>
      )}
      <Unavailable remedies={refused ? [refused, ...impossible] : impossible} />
      <HeadroomList {...{ headrooms: view.headrooms, hasCandidates: view.hasCandidates, target, affected, onNew }} />
      {!view.isReached && (
        <p className="mt-2 text-faint text-xs">
          Cost: cash brought in, which stays yours as collateral or pays your debt, plus what swaps lose, taken as{' '}
          {formatPercentBps(view.swapCostBps)} of what is sold; cheapest is the least of both together. Trades at the
          oracle’s prices of today; a swap repays or adds before it takes out.
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
  // Each asset of a market is a search of its own: they are worked out once they are looked for.
  const [withNew, setWithNew] = useState(false);
  const target = TARGET.test(text) ? parseDecimal(text, WAD_DECIMALS) : undefined;
  const isValid = target !== undefined && target >= WAD;
  // While a point is dragged the answers follow a moment later, and the drag stays smooth.
  const request = useDeferredValue(isValid ? target : undefined);
  const probe = useDeferredValue(state.probe);
  const view = useMemo(
    () => (request === undefined ? undefined : computeRemediesView(row, { target: wad(request), probe, withNew })),
    [row, request, probe, withNew],
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
      {view?.known && (
        <Answers
          view={view.value}
          target={text}
          withNew={withNew}
          onNew={() => setWithNew(true)}
          affected={affected || state.isActive || isWhatIfActive(row.whatIf)}
        />
      )}
    </Panel>
  );
}
