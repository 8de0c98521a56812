import { classNames } from '@/components/ui/class-names';
import type { PositionRow } from '@/lib/book/position-row';
import { formatExact } from '@/lib/format/format-fixed';
import { formatPercentWad } from '@/lib/format/format-percent';
import { toNumber } from '@/lib/units/decimal';
import { UnknownFigure } from './known-figure';
import { memoByRow } from './memo-by-row';

const asPercent = (ratio: bigint): number => Math.min(100, toNumber(ratio, 18) * 100);

/** LTV as a bar towards its threshold, which is the mark. */
export const LtvBar = memoByRow(
  ['evaluation', 'riskClass'],
  function LtvBar({
    row,
    affected,
    wide = false,
  }: {
    readonly row: Pick<PositionRow, 'evaluation' | 'riskClass'>;
    readonly affected: boolean;
    readonly wide?: boolean;
  }) {
    const { ltv, liquidationThreshold } = row.evaluation;
    if (!ltv.known) return <UnknownFigure reason={ltv.reason.text} className="text-faint" />;
    if (ltv.value === null) return <span className="text-faint">no collateral</span>;
    const threshold = liquidationThreshold.known ? liquidationThreshold.value : null;
    return (
      <span
        className={classNames('block', wide ? 'w-full' : 'w-[100px]')}
        title={`LTV ${formatExact(ltv.value, 18)}${threshold === null ? '' : `, threshold ${formatExact(threshold, 18)}`}`}
      >
        <span className="block text-[11px] text-muted leading-[13px]">
          <span className={affected ? 'whatif' : undefined}>{formatPercentWad(ltv.value, 'up')}</span>
          {threshold !== null && <span className="text-faint"> of {formatPercentWad(threshold, 'down')}</span>}
        </span>
        {/* Room for the mark to stand out of the bar without reaching into the words. */}
        <span className="relative mt-[3px] block h-2 rounded-xs bg-sunken">
          <span
            className="absolute inset-y-0 left-0 rounded-xs"
            style={{ width: `${asPercent(ltv.value)}%`, background: `var(--${row.riskClass})` }}
          />
          {threshold !== null && (
            <span
              className="-top-[3px] -bottom-[3px] absolute w-0.5 bg-text"
              style={{ left: `${asPercent(threshold)}%` }}
            />
          )}
        </span>
      </span>
    );
  },
);
