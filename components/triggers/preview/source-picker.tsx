'use client';

import { type ChangeEvent, type ReactNode, useState } from 'react';
import { SegmentedControl } from '@/components/ui/segmented-control';
import { policy } from '@/lib/config/policy';
import { formatSpan } from '@/lib/triggers/format-level';
import { HORIZON_DAYS, PATH_COUNTS, type PreviewChoice, RECORDED_HOURS } from './preview-choice';

const FIELD = 'h-7 rounded-md border border-edge bg-bg px-2 text-[13px]';
const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;
const MEGABYTE = 1_048_576;

export interface SourcePickerProps {
  readonly choice: PreviewChoice;
  readonly onChange: (change: Partial<PreviewChoice>) => void;
}

const Labelled = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
  <label className="flex items-center gap-1.5 text-[12px] text-muted">
    {label}
    {children}
  </label>
);

/** One of a few numbers. */
export function NumberChoice({
  label,
  value,
  values,
  format,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly values: readonly number[];
  readonly format: (value: number) => string;
  readonly onChange: (value: number) => void;
}) {
  return (
    <Labelled label={label}>
      <select value={value} onChange={(event) => onChange(Number(event.target.value))} className={FIELD}>
        {values.map((each) => (
          <option key={each} value={each}>
            {format(each)}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function FilePicker({ choice, onChange }: SourcePickerProps) {
  const [problem, setProblem] = useState<string>();
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (!file) return;
    if (file.size > policy.preview.maxFileBytes) {
      setProblem(`“${file.name}” is larger than ${policy.preview.maxFileBytes / MEGABYTE} MB.`);
      return;
    }
    setProblem(undefined);
    onChange({ file: { name: file.name, text: await file.text() } });
  };
  return (
    <div className="flex flex-wrap items-center gap-2 text-[12px] text-muted">
      <input type="file" accept=".csv,text/csv" aria-label="Prices, CSV" onChange={(event) => void take(event)} />
      <span>
        {choice.file ? `“${choice.file.name}”` : 'CSV: time_ms and a column for each asset, by its symbol or its id.'}
      </span>
      {problem && <span className="text-danger">{problem}</span>}
    </div>
  );
}

function SimulationFields({ choice, onChange }: SourcePickerProps) {
  return (
    <>
      <NumberChoice
        label="Over"
        value={choice.horizonDays}
        values={HORIZON_DAYS}
        format={(days) => formatSpan(days * DAY_SECONDS)}
        onChange={(horizonDays) => onChange({ horizonDays })}
      />
      <NumberChoice
        label="Paths"
        value={choice.pathCount}
        values={PATH_COUNTS}
        format={String}
        onChange={(pathCount) => onChange({ pathCount })}
      />
      <Labelled label="Seed">
        <input
          type="number"
          min={0}
          step={1}
          value={choice.seed}
          className={`${FIELD} w-28 tabular-nums`}
          onChange={(event) => {
            const seed = event.target.valueAsNumber;
            if (Number.isSafeInteger(seed) && seed >= 0) onChange({ seed });
          }}
        />
      </Labelled>
    </>
  );
}

/** Which prices a trigger is tried on. */
export function SourcePicker({ choice, onChange }: SourcePickerProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <SegmentedControl<PreviewChoice['kind']>
        label="Prices"
        value={choice.kind}
        options={[
          { value: 'recorded', label: 'Recorded' },
          { value: 'file', label: 'From a file' },
          { value: 'simulated', label: 'Simulated' },
        ]}
        onChange={(kind) => onChange({ kind })}
      />
      {choice.kind === 'recorded' && (
        <NumberChoice
          label="The last"
          value={choice.recordedHours}
          values={RECORDED_HOURS}
          format={(hours) => formatSpan(hours * HOUR_SECONDS)}
          onChange={(recordedHours) => onChange({ recordedHours })}
        />
      )}
      {choice.kind === 'file' && <FilePicker {...{ choice, onChange }} />}
      {choice.kind === 'simulated' && <SimulationFields {...{ choice, onChange }} />}
    </div>
  );
}
