import type { ReactNode } from 'react';
import { classNames } from './class-names';

const TONES = {
  safe: 'text-safe bg-safe-bg',
  watch: 'text-watch bg-watch-bg',
  warning: 'text-warning bg-warning-bg',
  danger: 'text-danger bg-danger-bg',
  liquidatable: 'text-liquidatable bg-liquidatable-bg',
  unknown: 'text-unknown hatched',
  paused: 'text-muted bg-sunken',
  neutral: 'text-muted bg-sunken',
  accent: 'text-accent bg-accent-weak',
} as const;

export type Tone = keyof typeof TONES;

/** One shape per tone, so that colour is never the only signal. */
const SHAPES: Readonly<Record<Tone, ReactNode>> = {
  safe: <circle cx="4" cy="4" r="3.2" fill="currentColor" />,
  watch: <circle cx="4" cy="4" r="2.6" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  warning: <path d="M4 .8 7.6 7.2H.4z" fill="currentColor" />,
  danger: <path d="M4 .2 7.8 4 4 7.8.2 4z" fill="currentColor" />,
  liquidatable: <path d="m1 1 6 6m0-6-6 6" stroke="currentColor" strokeWidth="2" />,
  unknown: <path d="M1 4h6" stroke="currentColor" strokeWidth="1.8" strokeDasharray="1.6 1" />,
  paused: <path d="M2.2.8v6.4M5.8.8v6.4" stroke="currentColor" strokeWidth="1.8" />,
  neutral: null,
  accent: null,
};

const COLOURS: Readonly<Record<Tone, string>> = {
  safe: 'text-safe',
  watch: 'text-watch',
  warning: 'text-warning',
  danger: 'text-danger',
  liquidatable: 'text-liquidatable',
  unknown: 'text-unknown',
  paused: 'text-muted',
  neutral: 'text-muted',
  accent: 'text-accent',
};

/** The shape alone, in its colour, for pills and bars. */
export function ToneMark({ tone }: { readonly tone: Tone }) {
  return (
    <svg aria-hidden="true" width="8" height="8" viewBox="0 0 8 8" className={`shrink-0 ${COLOURS[tone]}`}>
      {SHAPES[tone]}
    </svg>
  );
}

/** A word on a tint, with the shape of its tone before it. */
export function Tag({
  tone,
  children,
  title,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly title?: string | undefined;
}) {
  return (
    <span
      title={title}
      className={classNames(
        'inline-flex h-5 items-center gap-1.5 whitespace-nowrap rounded px-[7px] font-medium text-xs',
        TONES[tone],
      )}
    >
      {SHAPES[tone] && <ToneMark tone={tone} />}
      {children}
    </span>
  );
}
