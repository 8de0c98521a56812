import { memo } from 'react';
import { Figure } from '@/components/ui/figure';
import type { Known } from '@/lib/domain/known';
import { UNKNOWN_TEXT } from '@/lib/format/format-fixed';

export interface KnownFigureProps<T> {
  readonly figure: Known<T>;
  readonly format: (value: T) => string;
  readonly exact?: (value: T) => string | undefined;
  readonly note?: string | undefined;
  readonly affected?: boolean | undefined;
  readonly className?: string | undefined;
}

/** "—" with the reason on hover, and spoken. */
export function UnknownFigure({
  reason,
  className,
}: {
  readonly reason: string;
  readonly className?: string | undefined;
}) {
  return (
    <span title={reason} className={className}>
      <span aria-hidden="true">{UNKNOWN_TEXT}</span>
      <span className="sr-only">unknown: {reason}</span>
    </span>
  );
}

function DrawnFigure<T>({ figure, format, exact, note, affected, className }: KnownFigureProps<T>) {
  if (!figure.known) return <UnknownFigure reason={figure.reason.text} className={className} />;
  return (
    <Figure
      text={format(figure.value)}
      exact={exact?.(figure.value)}
      note={note}
      affected={affected}
      className={className}
    />
  );
}

/** A figure where it is known, "—" with the reason where it is not. */
export const KnownFigure = memo(DrawnFigure) as typeof DrawnFigure;
