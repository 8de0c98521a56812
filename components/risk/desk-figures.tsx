'use client';

import { formatNumber } from '@/lib/format/format-number';
import type { DropBin, HealthBin } from '@/lib/risk/exposure/bins';
import { isWhatIfActive } from '@/lib/scenarios/what-if';
import { describeCoverage } from './describe-coverage';
import { DeskCards } from './desk-cards';
import { DeskStrip } from './desk-strip';
import { DeskTable } from './desk-table';
import { ExposurePanel } from './exposure-panel';
import { FallCurvePanel } from './fall-curve-panel';
import { FilterChips } from './filter-chips';
import { HistogramPanel } from './histogram-panel';
import { DROP_LABELS, HEALTH_LABELS } from './labels';
import type { ShownDesk } from './use-desk';
import type { OpenRow } from './use-open-position';
import { NOTHING_CHOSEN, type RiskView, type SetRiskView } from './use-risk-view';

const HEALTH_COLOURS: Readonly<Partial<Record<HealthBin, string>>> = {
  liquidatable: 'var(--liquidatable)',
  '1': 'var(--danger)',
  '1.08': 'var(--warning)',
  '1.25': 'var(--watch)',
  unknown: 'var(--unknown)',
};
const DROP_COLOURS: Readonly<Partial<Record<DropBin, string>>> = {
  liquidatable: 'var(--liquidatable)',
  ...Object.fromEntries(
    ['0', '5', '10', '15', '20', '25', '30', '40', '50', '60', '80', 'none'].map((bin) => [bin, 'var(--series-3)']),
  ),
  unknown: 'var(--unknown)',
};

/** A price that is late or in doubt leaves the health factor as the contract has it, not the class. */
const describeByClass = (count: number): string =>
  count === 0 ? '' : `By their class, which is worse than their health factor: ${formatNumber(count, 0)}. `;

export interface DeskFiguresProps {
  readonly shown: ShownDesk;
  readonly view: RiskView;
  readonly setView: SetRiskView;
  /** Figures of what was chosen last are on their way: those shown are dimmed. */
  readonly isBusy: boolean;
  readonly openRow: OpenRow;
  /** `undefined` until the width is known. */
  readonly isNarrow: boolean | undefined;
}

/** Everything of a book: strip, what is chosen, charts, table. */
export function DeskFigures({ shown, isBusy, view, setView, openRow, isNarrow }: DeskFiguresProps) {
  const { opened, view: figures, rows, request } = shown;
  // Of what is shown, which may be before or after what the link asks for now.
  const affected = isWhatIfActive(request.whatIf);
  const { totals, exposures, health, drops, curve, order } = figures;
  const venueName = (venue: string): string => opened.venueNames[venue] ?? venue;
  return (
    <div aria-busy={isBusy} className={isBusy ? 'opacity-60' : ''}>
      <DeskStrip {...{ totals, affected }} />
      <FilterChips
        {...{ view, setView, venueName }}
        choices={opened.choices}
        count={order.length}
        total={opened.count}
      />
      <div className="grid gap-3 lg:grid-cols-2">
        <ExposurePanel {...{ exposures, view, setView, affected }} />
        <FallCurvePanel
          {...{ curve, view, setView, affected }}
          choices={opened.choices}
          held={opened.held}
          assumptions={opened.assumptions}
        />
        <HistogramPanel
          title="How healthy is it?"
          bars={health.bars}
          labels={HEALTH_LABELS}
          colours={HEALTH_COLOURS}
          affected={affected}
          chosen={view.health}
          onChoose={(bin) => void setView({ health: bin })}
          note={`Collateral by health factor; the first bin is the venues’ own test. ${describeByClass(health.byClassCount)}${describeCoverage(health.coverage)}`}
        />
        <HistogramPanel
          title="How far from liquidation?"
          bars={drops.bars}
          labels={DROP_LABELS}
          colours={DROP_COLOURS}
          affected={affected}
          chosen={view.drop}
          onChoose={(bin) => void setView({ drop: bin })}
          note={`Collateral by the common fall of all of a position’s collateral that liquidates it. ${describeCoverage(drops.coverage)}`}
        />
      </div>
      <div className="mt-4">
        <input
          type="search"
          data-filter=""
          aria-label="Filter by words"
          placeholder="Filter by words  /"
          value={view.find}
          onChange={(event) => void setView({ find: event.target.value || null })}
          className="mb-2 h-7 w-64 max-w-full rounded-md border border-line bg-panel px-2.5 text-[13px]"
        />
        {order.length === 0 ? (
          <p className="py-6 text-center text-[13px] text-muted">
            No position answers to everything that is chosen.{' '}
            <button type="button" className="text-accent underline" onClick={() => void setView(NOTHING_CHOSEN)}>
              Show all {formatNumber(opened.count, 0)}
            </button>
          </p>
        ) : isNarrow ? (
          <DeskCards {...{ rows, order, openRow }} />
        ) : (
          <DeskTable {...{ rows, order, view, setView, openRow }} />
        )}
      </div>
    </div>
  );
}
