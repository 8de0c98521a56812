import { ToneMark } from '@/components/ui/tag';
import type { PositionRow } from '@/lib/book/position-row';
import { formatAge } from '@/lib/format/format-age';
import { UNKNOWN_TEXT } from '@/lib/format/format-fixed';

/** Age of the oldest oracle price behind a position; marked, with the names, where one is late. */
export function AgeFigure({ row }: { readonly row: PositionRow }) {
  if (row.oldestPriceSeconds === undefined) {
    return <span title={row.blind?.text ?? 'The feeds do not tell their age.'}>{UNKNOWN_TEXT}</span>;
  }
  const late = row.latePrices.map(({ asset }) => asset.symbol);
  const title = row.prices
    .map(
      ({ asset, ageSeconds, state }) =>
        `${asset.symbol}: ${ageSeconds === undefined ? 'age unknown' : formatAge(ageSeconds)}, ${state}`,
    )
    .join('\n');
  return (
    <span title={title} className={late.length > 0 ? 'inline-flex items-center gap-1 text-warning' : 'text-muted'}>
      {late.length > 0 && (
        <>
          <ToneMark tone="warning" />
          <span className="sr-only">late: {late.join(', ')},</span>
        </>
      )}
      {formatAge(row.oldestPriceSeconds)}
    </span>
  );
}
