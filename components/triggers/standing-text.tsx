import type { ListedSubject } from '@/lib/alerts/listed-trigger';

type Standing = ListedSubject['standing'][number];

/** Where one condition stands: the figure now, its limit, what is left; a dash with the reason where there is no figure. */
export function StandingText({
  standing,
  withTitle = false,
}: {
  readonly standing: Standing;
  readonly withTitle?: boolean;
}) {
  const { title, figure, limit, left, met, reason } = standing;
  return (
    <span className="block">
      {withTitle && <span className="text-muted">{title} </span>}
      {figure === undefined ? (
        <span className="text-unknown" title={reason}>
          —<span className="sr-only"> unknown: {reason}</span>
        </span>
      ) : (
        <span className="font-medium tabular-nums">{figure}</span>
      )}{' '}
      <span className="text-faint text-xs">
        {met === 'true' ? `is ${limit}` : left === undefined ? limit : `${left} left to ${limit}`}
      </span>
    </span>
  );
}
