'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { assetColour } from '@/lib/format/asset-colour';
import { formatFineCompact, formatFineExact } from '@/lib/format/format-fine';
import { formatNumber } from '@/lib/format/format-number';
import { EXPOSURE_DIMENSIONS, EXPOSURE_MEASURES } from '@/lib/risk/exposure/exposures';
import type { DeskView, ExposureView } from '@/lib/workers/desk/desk-protocol';
import { ConcentrationLine } from './concentration-line';
import { type DataCell, DataPanel } from './data-panel';
import { countPositions, describeCoverage } from './describe-coverage';
import { drawShare } from './draw-share';
import { DIMENSION_LABELS } from './labels';
import type { RiskView, SetRiskView } from './use-risk-view';

/** So many bars at first, and so many more at each asking. */
const [FIRST, MORE] = [10, 40];

/** The filter that a bar stands for, in the link's words. */
const filterKeyOf = ({ by, through }: RiskView) => (by === 'asset' && through ? 'family' : by);

/** Of what has no price at all nothing is said, nought least of all. */
const isUnknown = (bar: ExposureView): boolean => bar.gross === 0n && bar.unpricedCount > 0;

const textOf = (bar: ExposureView, measure: RiskView['measure']): string =>
  isUnknown(bar) ? '—' : formatFineCompact(bar[measure], measure === 'gross' ? 'up' : 'down');

const toCell = (bar: ExposureView, measure: RiskView['measure']): DataCell => ({
  text: `${textOf(bar, measure)}${bar.unpricedCount > 0 && !isUnknown(bar) ? ' +?' : ''}`,
  exact: isUnknown(bar) ? '' : formatFineExact(bar[measure]),
});

function ExposureBar(props: {
  readonly bar: ExposureView;
  readonly most: bigint;
  readonly view: RiskView;
  readonly chosen: boolean;
  readonly affected: boolean;
  readonly onChoose: () => void;
}) {
  const { bar, most, view, chosen, affected, onChoose } = props;
  const value = bar[view.measure];
  const isDark = isUnknown(bar);
  const name = bar.label || 'not named';
  const colour = view.by === 'asset' ? assetColour(bar.label) : 'var(--accent)';
  const text = textOf(bar, view.measure);
  const unpriced = bar.unpricedCount > 0 ? `, ${formatNumber(bar.unpricedCount, 0)} not priced` : '';
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        aria-label={`${name}: ${isDark ? 'no price is known' : text}, ${countPositions(bar.count)}${unpriced}`}
        title={`${isDark ? 'No price is known' : formatFineExact(value)}\n${countPositions(bar.count)}${unpriced}`}
        onClick={onChoose}
        className={classNames(
          'grid h-7 w-full grid-cols-[minmax(0,7.5rem)_1fr_auto] items-center gap-2 rounded-md px-1.5 text-left text-[13px]',
          chosen ? 'bg-accent-weak' : 'hover:bg-sunken',
        )}
      >
        <span className="truncate">{name}</span>
        <span className="h-2 rounded-xs bg-sunken">
          <span
            className={classNames('block h-full rounded-xs', isDark && 'hatched !w-full')}
            style={{ width: `${drawShare(value, most)}%`, ...(isDark ? {} : { background: colour }) }}
          />
        </span>
        <span className={classNames('num min-w-16', affected && 'whatif')}>
          {text}
          {bar.unpricedCount > 0 && !isDark && <span className="text-unknown"> +?</span>}
        </span>
      </button>
    </li>
  );
}

/** "Where does the exposure stand?": bars by asset, venue, owner or counterparty. A bar filters everything else. */
export function ExposurePanel(props: {
  readonly exposures: DeskView['exposures'];
  readonly view: RiskView;
  readonly setView: SetRiskView;
  readonly affected: boolean;
}) {
  const { exposures, view, setView, affected } = props;
  const [shownCount, setShownCount] = useState(FIRST);
  const { bars, concentration, coverage } = exposures;
  const most = bars.reduce((largest, { gross }) => (gross > largest ? gross : largest), 0n);
  const filterKey = filterKeyOf(view);
  const chosenKey = view[filterKey];
  return (
    <DataPanel
      title="Where does the exposure stand?"
      affected={affected}
      head={[DIMENSION_LABELS[view.by], 'Gross', 'Net', 'Positions', 'Not priced']}
      rows={bars.map((bar) => [
        { text: bar.label || 'not named' },
        toCell(bar, 'gross'),
        toCell(bar, 'net'),
        { text: formatNumber(bar.count, 0), exact: String(bar.count) },
        { text: formatNumber(bar.unpricedCount, 0), exact: String(bar.unpricedCount) },
      ])}
      note={
        <>
          {view.measure === 'gross' ? 'Held + owed.' : 'Held − owed; a minus is more owed than held.'}{' '}
          {view.by === 'asset' &&
            (view.through
              ? 'Looked through: a dollar of staked or wrapped ether counts as a dollar of ETH, and so on.'
              : 'Each asset as it stands.')}{' '}
          {describeCoverage(coverage)}
        </>
      }
    >
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <SegmentedControl
          label="Exposure by"
          value={view.by}
          options={EXPOSURE_DIMENSIONS.map((value) => ({ value, label: DIMENSION_LABELS[value] }))}
          onChange={(by) => void setView({ by })}
        />
        <SegmentedControl
          label="Gross or net"
          value={view.measure}
          options={EXPOSURE_MEASURES.map((value) => ({ value, label: value === 'gross' ? 'Gross' : 'Net' }))}
          onChange={(measure) => void setView({ measure })}
        />
        {view.by === 'asset' && (
          <label className="flex items-center gap-1.5 text-muted text-xs">
            <input
              type="checkbox"
              checked={view.through}
              onChange={(event) => void setView({ through: event.target.checked })}
              className="accent-accent"
            />
            Look through
          </label>
        )}
      </div>
      <ConcentrationLine {...{ concentration, affected }} />
      <ul aria-label="Exposure bars" className={shownCount > FIRST ? 'max-h-96 overflow-auto' : ''}>
        {bars.slice(0, shownCount).map((bar) => (
          <ExposureBar
            key={bar.key}
            {...{ bar, most, view, affected }}
            chosen={chosenKey === bar.key}
            onChoose={() => void setView({ [filterKey]: chosenKey === bar.key ? null : bar.key })}
          />
        ))}
      </ul>
      {bars.length > shownCount && (
        <Button kind="quiet" onClick={() => setShownCount(shownCount + MORE)}>
          {formatNumber(bars.length - shownCount, 0)} more
        </Button>
      )}
    </DataPanel>
  );
}
