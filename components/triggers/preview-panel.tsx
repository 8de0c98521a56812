'use client';

import { useState } from 'react';
import { ProgressLine } from '@/components/risk/progress-line';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import type { Trigger } from '@/lib/triggers/trigger';
import type { Position } from '@/lib/venues/registry';
import { describePreview, listFigures } from './preview/describe-preview';
import { LevelSuggestion } from './preview/level-suggestion';
import { PreviewChart } from './preview/preview-chart';
import { FIRST_CHOICE } from './preview/preview-choice';
import { SourcePicker } from './preview/source-picker';
import { type ShownPreview, usePreview } from './preview/use-preview';

export interface PreviewPanelProps {
  /** `undefined` while the form does not make one. */
  readonly trigger: Trigger | undefined;
  /** As they were read last. */
  readonly positions: readonly Position[];
  /** Takes a suggested level, as a trigger writes it, for the trigger's condition. */
  readonly onUseLevel: (level: string) => void;
}

function Figures({ shown: { preview } }: { readonly shown: ShownPreview }) {
  return (
    <>
      <p className="text-[14px]">{describePreview(preview)}</p>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-3 lg:grid-cols-6">
        {listFigures(preview).map(({ label, text, note, isBad }) => (
          <div key={label} title={note}>
            <dt className="text-[12px] text-muted">{label}</dt>
            <dd className={classNames('font-medium tabular-nums', isBad && 'text-danger')}>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** What a trigger would have done over recorded or imported prices, or does over simulated ones, before it is saved. */
export function PreviewPanel({ trigger, positions, onUseLevel }: PreviewPanelProps) {
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const { shown, isBusy, progress, problem, again } = usePreview({ trigger, positions, choice });
  const change = (next: Partial<typeof choice>) => setChoice((before) => ({ ...before, ...next }));
  const isOld = isBusy || trigger === undefined || problem !== undefined;
  return (
    <Panel
      title="What would it have done?"
      actions={
        <Button kind="quiet" disabled={isBusy || trigger === undefined} onClick={again}>
          Run again
        </Button>
      }
    >
      <div className="grid gap-3">
        <SourcePicker choice={choice} onChange={change} />
        {isBusy && <ProgressLine progress={progress} />}
        {trigger === undefined && (
          <p className="text-[13px] text-muted">The preview shows as soon as the trigger is complete.</p>
        )}
        {trigger && problem && (
          <Notice title="There is no preview">
            <p className="break-words">{problem}</p>
          </Notice>
        )}
        {shown && (
          <div className={classNames('grid gap-3', isOld && 'opacity-60')} aria-busy={isBusy}>
            <Figures shown={shown} />
            <LevelSuggestion
              shown={isOld ? undefined : shown}
              leadHours={choice.leadHours}
              onLead={(leadHours) => change({ leadHours })}
              onUseLevel={onUseLevel}
            />
            <PreviewChart shown={shown} />
            <details className="text-[12px] text-muted">
              <summary>What this takes for granted</summary>
              <ul className="mt-1 list-disc pl-4">
                {shown.preview.assumptions.map((assumption) => (
                  <li key={assumption}>{assumption}</li>
                ))}
              </ul>
            </details>
          </div>
        )}
      </div>
    </Panel>
  );
}
