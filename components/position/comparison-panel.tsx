'use client';

import { useDeferredValue, useMemo } from 'react';
import { Figure } from '@/components/ui/figure';
import { Panel } from '@/components/ui/panel';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { computeComparisonView } from '@/lib/book/comparison-view';
import { nameAssets } from '@/lib/book/name-assets';
import type { PositionRow } from '@/lib/book/position-row';
import { formatUsdRational } from '@/lib/format/format-rational-figures';
import { formatRational } from '@/lib/units/format-rational';
import { type CellProps, HealthCell, type NameAsset, NearestCell, OutcomeCell, TogetherCell } from './comparison-cells';
import { ComparisonRemarks } from './comparison-remarks';
import { describeProbe } from './describe-probe';
import type { ProbeState } from './use-probe';

function VenueRow({ comparison, affected, isMoved, name }: CellProps & { readonly isMoved: boolean }) {
  const { isCurrent, capacity, positions } = comparison;
  return (
    <tr className="align-top">
      <Cell>
        <span className={isCurrent ? 'font-semibold' : undefined}>{comparison.name}</span>
        {isCurrent && <span className="block text-accent text-xs">where it stands</span>}
      </Cell>
      <Cell className="num">
        {positions.length === 0 ? (
          '—'
        ) : (
          <Figure
            text={formatUsdRational(capacity, 'down')}
            exact={formatRational(capacity, 'down')}
            affected={affected}
          />
        )}
      </Cell>
      <Cell className="num">
        <HealthCell {...{ comparison, affected }} />
      </Cell>
      <Cell className="num">
        <NearestCell {...{ comparison, affected, name }} />
      </Cell>
      <Cell className="num">
        <TogetherCell {...{ comparison, affected }} />
      </Cell>
      <Cell className="!whitespace-normal min-w-40 text-right">
        <OutcomeCell comparison={comparison} affected={affected || isMoved} />
      </Cell>
      <Cell className="!whitespace-normal min-w-56">
        <ComparisonRemarks {...{ comparison, affected, name }} />
      </Cell>
    </tr>
  );
}

/** The same legs on every venue, side by side: what they would carry, where they turn, what a liquidation would cost. */
export function ComparisonPanel({
  row,
  state,
  affected,
}: {
  readonly row: PositionRow;
  readonly state: ProbeState;
  readonly affected: boolean;
}) {
  const [shownRow, probe] = [useDeferredValue(row), useDeferredValue(state.probe)];
  const compared = useMemo(() => computeComparisonView(shownRow, probe), [shownRow, probe]);
  const assets = row.prices.map(({ asset }) => asset);
  const name: NameAsset = (text) => nameAssets(text, assets);
  return (
    <Panel title="The same legs on other venues" detail={`outcome ${describeProbe(state.isActive, affected)}`}>
      {compared.known ? (
        <div className="overflow-x-auto">
          <Table className="text-[13px]">
            <thead>
              <tr>
                <HeadCell className="text-left">Venue</HeadCell>
                <HeadCell className="num">Could owe</HeadCell>
                <HeadCell className="num">Health factor</HeadCell>
                <HeadCell className="num">Liquidates at</HeadCell>
                <HeadCell className="num">All together</HeadCell>
                <HeadCell className="num">Outcome</HeadCell>
                <HeadCell className="text-left">Holds</HeadCell>
              </tr>
            </thead>
            <tbody>
              {compared.value.map((comparison) => (
                <VenueRow key={comparison.venue} {...{ comparison, affected, isMoved: state.isActive, name }} />
              ))}
            </tbody>
          </Table>
        </div>
      ) : (
        <p className="text-[13px] text-muted">— {compared.reason.text}</p>
      )}
    </Panel>
  );
}
