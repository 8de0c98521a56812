import { formatAge } from '@/lib/format/format-age';
import { formatUtcTime } from '@/lib/format/format-time';

/** An age in its largest unit; the moment itself, in UTC, on hover where it is known. */
export function Age({
  seconds,
  atMs,
  className,
}: {
  readonly seconds: number;
  readonly atMs?: number | undefined;
  readonly className?: string | undefined;
}) {
  return (
    <span className={className} title={atMs === undefined ? undefined : formatUtcTime(atMs)}>
      {formatAge(seconds)}
    </span>
  );
}
