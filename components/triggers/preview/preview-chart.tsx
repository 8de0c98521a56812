'use client';

import { useMemo, useState } from 'react';
import { ChartPanel } from '@/components/charts/chart-panel';
import type { ChartRange } from '@/components/charts/chart-spec';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { findTriggerKind } from '@/lib/triggers/registry';
import { type PreviewLine, toPreviewSpec } from './preview-spec';
import type { ShownPreview } from './use-preview';

/** "When would it warn?": the run that shows most, with what the first condition measures or the price behind it. */
export function PreviewChart({ shown }: { readonly shown: ShownPreview }) {
  const { preview, trigger } = shown;
  const [line, setLine] = useState<PreviewLine>('figure');
  // Kept with the preview it belongs to: another one starts with its whole range.
  const [zoomed, setZoomed] = useState<{ readonly of: ShownPreview; readonly range: ChartRange }>();
  const zoom = zoomed?.of === shown ? zoomed.range : undefined;
  const [condition] = trigger.conditions;
  const spec = useMemo(
    () => condition && toPreviewSpec(preview, { line, condition, zoom }),
    [preview, line, condition, zoom],
  );
  const whole = useMemo(
    () => condition && toPreviewSpec(preview, { line, condition, zoom: undefined }),
    [preview, line, condition],
  );
  const { drawn, figures } = preview;
  const isOfMany = figures.pathCount > 1;
  const title = condition ? (findTriggerKind(condition.kind)?.title ?? 'Figure') : 'Figure';
  return (
    <ChartPanel
      title="When would it warn?"
      spec={spec}
      empty="The figure does not exist at any of these prices."
      whole={whole?.xRange}
      zoom={zoom}
      onZoom={(range) => setZoomed(range && { of: shown, range })}
      controls={
        <SegmentedControl<PreviewLine>
          label="What is drawn"
          value={line}
          options={[
            { value: 'figure', label: title },
            { value: 'price', label: `${drawn.asset?.name ?? ''} price` },
          ]}
          onChange={setLine}
        />
      }
      note={
        isOfMany
          ? `Path ${drawn.path + 1} of ${figures.pathCount}: the worst for this trigger, a liquidation that is missed or the shortest warning.`
          : undefined
      }
    />
  );
}
