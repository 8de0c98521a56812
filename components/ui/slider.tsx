'use client';

import type { CSSProperties } from 'react';
import { classNames } from './class-names';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value in words, for those who hear it. */
  readonly valueText: string;
  readonly onChange: (value: number) => void;
  /** When the hand lets go. */
  readonly onCommit?: (value: number) => void;
  /** Double click goes back here. */
  readonly resetTo?: number;
  readonly className?: string;
  readonly style?: CSSProperties;
}

/** A native range: arrow keys, Home, End and touch come with it. */
export function Slider(props: SliderProps) {
  const { label, value, min, max, step, valueText, onChange, onCommit, resetTo, className, style } = props;
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={valueText}
      className={classNames('slider', className)}
      {...(style ? { style } : {})}
      {...{ min, max, step, value }}
      onChange={(event) => onChange(event.target.valueAsNumber)}
      {...(onCommit && {
        onPointerUp: (event) => onCommit(event.currentTarget.valueAsNumber),
        onKeyUp: (event) => onCommit(event.currentTarget.valueAsNumber),
      })}
      onDoubleClick={() => resetTo !== undefined && onChange(resetTo)}
    />
  );
}
