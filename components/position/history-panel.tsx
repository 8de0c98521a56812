'use client';

import { memo, useMemo, useState } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import type { ChartRange } from '@/components/charts/chart-spec';
import { Button } from '@/components/ui/button';
import { SegmentedControl } from '@/components/ui/segmented-control';
import {
  computeHistoryProgress,
  computeHistoryRange,
  describeGaps,
  type HistoryProgress,
  toHistorySpec,
} from './history-spec';
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

const PERCENT = 100;

const capitalise = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** How far the reading of past blocks has come, in words and as a bar. */
const Progress = ({ done, total }: HistoryProgress) => (
  <span className="flex items-center gap-2">
    <span className="tabular-nums">
      Reading past blocks: {done} of {total}
    </span>
    <span aria-hidden="true" className="h-1 min-w-12 flex-1 rounded-xs bg-sunken">
      <span className="block h-1 rounded-xs bg-accent" style={{ width: `${(done / total) * PERCENT}%` }} />
    </span>
  </span>
);

/** "How has the health factor moved?": at the oracle prices of past blocks. A what-if does not touch it. */
function History({ blind, ...of }: HistoryPanelProps) {
  const [span, setSpan] = useState<Span>('300');
  const [zoom, setZoom] = useState<ChartRange>();
  const spanBlocks = span === 'all' ? undefined : BigInt(span);
  const { plan, entries, retry } = usePositionHistory(of, spanBlocks, blind === undefined);
  const spec = useMemo(() => toHistorySpec(entries, zoom), [entries, zoom]);
  const gaps = describeGaps(entries);
  const firstGap = entries.find((entry) => entry.state === 'gap');
  // What the chain has forgotten stays forgotten; only who gave no answer may be asked again.
  const canRetry = entries.some((entry) => entry.state === 'gap' && !entry.gone);
  const progress = computeHistoryProgress(entries);
  const waiting = entries.some(({ state }) => state === 'reading') || plan.blocks.length === 0;
  const wasRead = entries.some(({ state }) => state === 'read' || state === 'absent');
  const sentences = [
    plan.blocks.length > 0 && (plan.stride === 1n ? 'every block' : `one block in ${plan.stride}`),
    gaps,
    spec && blind && `nothing newer: ${blind}`,
  ].filter((sentence) => typeof sentence === 'string');
  return (
    <ChartPanel
      title="How has the health factor moved?"
      spec={spec}
      loading={!blind && waiting && (progress ? <Progress {...progress} /> : 'Reading past blocks…')}
      empty={
        blind ??
        (wasRead
          ? 'None of the blocks that can be read has a health factor: nothing was owed.'
          : 'None of these blocks can be read.')
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
        (spec || !waiting) &&
        !(blind && !spec) && (
          <span className="block" title={firstGap?.text}>
            {spec && progress && !blind && <Progress {...progress} />}
            <span className="flex flex-wrap items-center gap-x-2">
              {capitalise(sentences.join('; '))}
              {canRetry && (
                <Button kind="quiet" className="h-6" onClick={retry}>
                  Ask again
                </Button>
              )}
            </span>
          </span>
        )
      }
    />
  );
}

/** Drawn again when a sample comes, not with each price. */
export const HistoryPanel = memo(History);
