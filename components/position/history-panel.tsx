'use client';

import { memo, useMemo, useState } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import type { ChartRange } from '@/components/charts/chart-spec';
import { Button } from '@/components/ui/button';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { computeHistoryRange, describeGaps, toHistorySpec } from './history-spec';
import { type HistoryOf, usePositionHistory } from './use-position-history';

/** The middle one lies within the states that the local chain keeps. */
const SPANS = [
  { value: '60', label: '60 blocks' },
  { value: '300', label: '300' },
  { value: 'all', label: 'All' },
] as const;
type Span = (typeof SPANS)[number]['value'];

export interface HistoryPanelProps extends HistoryOf {
  /** Why nothing newer can be read now. */
  readonly blind: string | undefined;
}

/** "How has the health factor moved?": at the oracle prices of past blocks. A what-if does not touch it. */
function History({ blind, ...of }: HistoryPanelProps) {
  const [span, setSpan] = useState<Span>('300');
  const [zoom, setZoom] = useState<ChartRange>();
  const spanBlocks = span === 'all' ? undefined : BigInt(span);
  const { plan, entries, retry } = usePositionHistory(of, spanBlocks, blind === undefined);
  const spec = useMemo(() => toHistorySpec(entries, zoom), [entries, zoom]);
  const gaps = describeGaps(entries);
  const firstGap = entries.find((entry) => entry.state === 'gap');
  const canRetry = entries.some((entry) => entry.state === 'gap' && !entry.gone);
  const reading = entries.some(({ state }) => state === 'reading');
  const waiting = reading || plan.blocks.length === 0;
  const empty =
    blind ?? (waiting ? 'Reading past blocks…' : 'None of these blocks has a health factor: nothing was owed.');
  return (
    <ChartPanel
      title="How has the health factor moved?"
      spec={spec}
      empty={
        <span>
          {empty}
          {!blind && firstGap && gaps && <span className="mt-1 block text-faint">{gaps}</span>}
        </span>
      }
      whole={computeHistoryRange(spec)}
      zoom={zoom}
      onZoom={setZoom}
      controls={
        <SegmentedControl<Span>
          label="How far back"
          value={span}
          options={SPANS}
          onChange={(next) => {
            setSpan(next);
            setZoom(undefined);
          }}
        />
      }
      note={
        <span className="flex flex-wrap items-center gap-x-2" title={firstGap?.text}>
          {[
            plan.stride === 1n ? 'Every block' : `One block in ${plan.stride}`,
            gaps,
            spec && blind && `nothing newer: ${blind}`,
          ]
            .filter(Boolean)
            .join('; ')}
          {canRetry && (
            <Button kind="quiet" className="h-6" onClick={retry}>
              Try again
            </Button>
          )}
        </span>
      }
    />
  );
}

/** Drawn again when a sample comes, not with each price. */
export const HistoryPanel = memo(History);
