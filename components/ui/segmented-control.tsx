'use client';

import { useId } from 'react';
import { classNames } from './class-names';

export interface SegmentedControlProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few: native radio buttons, so that arrow keys and names come with them. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, value, options, onChange } = props;
  const name = useId();
  return (
    <fieldset className="inline-flex overflow-hidden rounded-md border border-line text-xs">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={classNames(
            'relative cursor-pointer px-2.5 py-1 -outline-offset-2 has-focus-visible:outline-2 has-focus-visible:outline-accent',
            option.value === value ? 'bg-accent-weak text-accent' : 'text-muted hover:text-text',
          )}
        >
          <input
            type="radio"
            className="absolute inset-0 cursor-pointer opacity-0"
            {...{ name, value: option.value }}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
