import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { type Tone, ToneMark } from './tag';

const EDGES: Partial<Record<Tone, string>> = {
  warning: 'border-warning text-warning',
  liquidatable: 'border-liquidatable text-liquidatable',
  unknown: 'border-unknown text-unknown',
  accent: 'border-accent text-accent',
};

/** A state in words: what happened, what it means for the figures, what to do. `details` can be copied. */
export function Notice({
  tone = 'warning',
  title,
  children,
  actions,
  details,
}: {
  readonly tone?: Tone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly details?: string | undefined;
}) {
  return (
    <div className={classNames('rounded-md border-l-[3px] bg-panel px-3.5 py-2.5 text-[13px]', EDGES[tone])}>
      <p className="flex items-center gap-2 font-semibold">
        <ToneMark tone={tone} />
        {title}
      </p>
      {children && <div className="mt-0.5 text-muted">{children}</div>}
      {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      {details && (
        <details className="mt-1.5 text-muted">
          <summary>Details</summary>
          <pre className="mono mt-1 whitespace-pre-wrap break-all">{details}</pre>
        </details>
      )}
    </div>
  );
}
