'use client';

import { Button } from '@/components/ui/button';
import { formatLevel, formatSpan } from '@/lib/triggers/format-level';
import { findTriggerKind } from '@/lib/triggers/registry';
import { describeLevel } from './describe-preview';
import { LEAD_HOURS } from './preview-choice';
import { NumberChoice } from './source-picker';
import type { ShownPreview } from './use-preview';

const HOUR_SECONDS = 3_600;

export interface LevelSuggestionProps {
  readonly shown: ShownPreview | undefined;
  readonly leadHours: number;
  readonly onLead: (leadHours: number) => void;
  readonly onUseLevel: (level: string) => void;
}

/** The level that gives a wished lead time, and a button that takes it. */
export function LevelSuggestion({ shown, leadHours, onLead, onUseLevel }: LevelSuggestionProps) {
  const [condition] = shown?.trigger.conditions ?? [];
  const unit = condition && findTriggerKind(condition.kind)?.unit;
  // What was worked out for another lead says nothing of this one.
  const found = shown?.choice.leadHours === leadHours ? shown.preview.level : undefined;
  const text = found?.exists && unit ? formatLevel(found.level, unit) : '';
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-[13px]">
      <NumberChoice
        label="Warn at least"
        value={leadHours}
        values={LEAD_HOURS}
        format={(hours) => `${formatSpan(hours * HOUR_SECONDS)} before`}
        onChange={onLead}
      />
      {found && <span className="text-muted">{describeLevel(found, text, leadHours)}</span>}
      {found?.exists && condition?.level !== found.level && (
        <Button kind="accent" onClick={() => onUseLevel(found.level)}>
          Use {text}
        </Button>
      )}
    </div>
  );
}
