import { ToneMark } from '@/components/ui/tag';
import type { PositionRow } from '@/lib/book/position-row';
import { formatAge } from '@/lib/format/format-age';
import { UNKNOWN_TEXT } from '@/lib/format/format-fixed';
import { formatJump } from '@/lib/format/format-jump';
import { memoByRow } from './memo-by-row';

/** Age of the oldest oracle price behind a position; marked, with the names, where one is late or jumped. */
export const AgeFigure = memoByRow(
  ['oldestPriceSeconds', 'blind', 'latePrices', 'jumpedPrices', 'prices'],
  function AgeFigure({
    row,
  }: {
    readonly row: Pick<PositionRow, 'oldestPriceSeconds' | 'blind' | 'latePrices' | 'jumpedPrices' | 'prices'>;
  }) {
    if (row.oldestPriceSeconds === undefined) {
      return <span title={row.blind?.text ?? 'The feeds do not tell their age.'}>{UNKNOWN_TEXT}</span>;
    }
    const late = row.latePrices.map(({ asset }) => asset.symbol);
    const jumped = row.jumpedPrices.map(({ asset }) => asset.symbol);
    const isDoubted = late.length + jumped.length > 0;
    const title = row.prices
      .map(
        ({ asset, ageSeconds, state, jump }) =>
          `${asset.symbol}: ${ageSeconds === undefined ? 'age unknown' : formatAge(ageSeconds)}, ${state}${jump ? `, ${formatJump(jump)}` : ''}`,
      )
      .join('\n');
    return (
      <span title={title} className={isDoubted ? 'inline-flex items-center gap-1 text-warning' : 'text-muted'}>
        {isDoubted && <ToneMark tone="warning" />}
        {late.length > 0 && <span className="sr-only">late: {late.join(', ')},</span>}
        {jumped.length > 0 && <span className="sr-only">jumped: {jumped.join(', ')},</span>}
        {formatAge(row.oldestPriceSeconds)}
      </span>
    );
  },
);
