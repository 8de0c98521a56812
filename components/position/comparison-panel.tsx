'use client';

import { useDeferredValue, useMemo } from 'react';
import { Figure } from '@/components/ui/figure';
import { Panel } from '@/components/ui/panel';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { computeComparisonView } from '@/lib/book/comparison-view';
import type { PositionRow } from '@/lib/book/position-row';
import type { VenueComparison } from '@/lib/compare/compare-venues';
import { formatChange } from '@/lib/format/format-percent';
import {
  formatHealthFactorRational,
  formatPriceRational,
  formatUsdRational,
} from '@/lib/format/format-rational-figures';
import { formatRational } from '@/lib/units/format-rational';
import { rational } from '@/lib/units/rational';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { describeProbe } from './describe-probe';
import type { ProbeState } from './use-probe';

type SymbolOf = (asset: string) => string;

interface CellProps {
  readonly comparison: VenueComparison;
  /** A what-if (of the outcome: or the moved point) changed the figure. */
  readonly affected: boolean;
}

const nameAssets = (text: string, row: PositionRow): string =>
  row.prices.reduce((named, { asset }) => named.replaceAll(asset.id, asset.symbol), text);

function NearestCell({ comparison, affected, symbolOf }: CellProps & { readonly symbolOf: SymbolOf }) {
  const nearest = comparison.risk?.prices.nearest;
  if (!nearest) return <>none</>;
  const rounding = roundTowardToday(nearest.direction);
  return (
    <>
      <Figure
        text={formatPriceRational(nearest.price, rounding)}
        unit={symbolOf(nearest.asset)}
        exact={formatRational(nearest.price, rounding)}
        affected={affected}
      />
      <span className="block text-faint text-xs">{formatChange(nearest.distance, rounding)}</span>
    </>
  );
}

function OutcomeCell({ comparison, affected }: CellProps) {
  const outcome = comparison.risk?.outcome;
  if (!outcome) return <>—</>;
  if (outcome.liquidated === 0) return <>not liquidated</>;
  const { penaltyValue, badDebt, badDebtBearers } = outcome;
  return (
    <>
      {penaltyValue.numerator > 0n ? (
        <>
          lost{' '}
          <Figure
            text={formatUsdRational(penaltyValue, 'up')}
            exact={formatRational(penaltyValue, 'up')}
            affected={affected}
          />
        </>
      ) : (
        'lost no more than was owed'
      )}
      {badDebt.numerator > 0n && (
        <span className="block text-liquidatable text-xs">
          bad debt{' '}
          <Figure text={formatUsdRational(badDebt, 'up')} exact={formatRational(badDebt, 'up')} affected={affected} />,
          borne by {badDebtBearers.join(' and ')}
        </span>
      )}
    </>
  );
}

function TogetherCell({ comparison, affected }: CellProps) {
  const together = comparison.risk?.prices.together;
  if (!together) return <>—</>;
  if (!together.exists) return <span title={together.text}>none</span>;
  return (
    <Figure text={formatChange(rational(-together.t.numerator, together.t.denominator), 'up')} affected={affected} />
  );
}

function HealthCell({ comparison, affected }: CellProps) {
  const { risk } = comparison;
  if (!risk) return <>—</>;
  if (risk.healthFactor === null) return <>no debt</>;
  return (
    <>
      <Figure
        text={formatHealthFactorRational(risk.healthFactor)}
        exact={formatRational(risk.healthFactor, 'down')}
        affected={affected}
      />
      {risk.liquidatable && <span className="block text-liquidatable text-xs">liquidatable</span>}
    </>
  );
}

function Remarks({ comparison, row }: { readonly comparison: VenueComparison; readonly row: PositionRow }) {
  const { left, notes, positions, risk } = comparison;
  const lines = [
    ...left.map(({ asset, text }) => `${nameAssets(asset, row)}: ${nameAssets(text, row)}`),
    ...notes.map((note) => nameAssets(note, row)),
    ...(risk?.outcome.assumptions ?? []).map((text) => nameAssets(text, row)),
  ];
  const summary =
    positions.length === 0
      ? 'cannot hold it'
      : left.length > 0
        ? `cannot hold ${left.map(({ asset }) => nameAssets(asset, row)).join(', ')}`
        : positions.length > 1
          ? `as ${positions.length} positions`
          : 'holds all of it';
  return (
    <details>
      <summary>{summary}</summary>
      <ul className="mt-1 max-w-prose list-disc whitespace-normal pl-4 text-faint text-xs">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

function VenueRow({
  comparison,
  affected,
  isMoved,
  row,
  symbolOf,
}: CellProps & {
  readonly isMoved: boolean;
  readonly row: PositionRow;
  readonly symbolOf: SymbolOf;
}) {
  const { name, isCurrent, capacity, positions } = comparison;
  return (
    <tr className="align-top">
      <Cell>
        <span className={isCurrent ? 'font-semibold' : undefined}>{name}</span>
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
      <Cell className="num">{comparison.risk ? <NearestCell {...{ comparison, affected, symbolOf }} /> : '—'}</Cell>
      <Cell className="num">
        <TogetherCell {...{ comparison, affected }} />
      </Cell>
      <Cell className="!whitespace-normal min-w-40 text-right">
        <OutcomeCell comparison={comparison} affected={affected || isMoved} />
      </Cell>
      <Cell className="!whitespace-normal">
        <Remarks comparison={comparison} row={row} />
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
  const symbolOf: SymbolOf = (key) => row.prices.find(({ asset }) => asset.id === key)?.asset.symbol ?? key;
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
                <VenueRow
                  key={comparison.venue}
                  {...{ comparison, affected, isMoved: state.isActive, row, symbolOf }}
                />
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
