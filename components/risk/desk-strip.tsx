import { RiskTag } from '@/components/positions/risk-tag';
import { Strip, StripCell } from '@/components/positions/strip';
import { Figure } from '@/components/ui/figure';
import { formatFineCompact, formatFineExact } from '@/lib/format/format-fine';
import { formatNumber } from '@/lib/format/format-number';
import type { DeskView } from '@/lib/workers/desk/desk-protocol';
import { formatShare } from './describe-coverage';

/** What is in view at a glance. While anything of it is unknown it is never called safe. */
export function DeskStrip({ totals, affected }: { readonly totals: DeskView['totals']; readonly affected: boolean }) {
  const { held, owed, net, liquidatableCount, worst, coverage } = totals;
  const { pricedCount, unpricedCount, unpricedShareAtLeast } = coverage;
  const warn = unpricedCount > 0 ? `${formatNumber(unpricedCount, 0)} not priced` : undefined;
  const value = (figure: bigint, rounding: 'down' | 'up') => (
    <Figure text={formatFineCompact(figure, rounding)} exact={formatFineExact(figure)} affected={affected} />
  );
  const detail = (text: string) => (warn ? <span className="text-warning">{warn}</span> : text);
  return (
    <Strip>
      <StripCell name="Held" detail={detail('all that is held')}>
        {value(held, 'down')}
      </StripCell>
      <StripCell name="Owed" detail={detail('with interest accrued')}>
        {value(owed, 'up')}
      </StripCell>
      <StripCell name="Net" detail={detail('held − owed')}>
        {value(net, 'down')}
      </StripCell>
      <StripCell
        name="Liquidatable"
        detail={
          unpricedCount > 0 ? (
            <span className="text-warning">{formatNumber(unpricedCount, 0)} more not known</span>
          ) : affected ? (
            'under the what-if'
          ) : (
            'by the venues’ own tests'
          )
        }
      >
        <Figure text={formatNumber(liquidatableCount, 0)} affected={affected} />
      </StripCell>
      <StripCell
        name="Worst class"
        detail={
          unpricedCount > 0
            ? 'never safe while any is unknown'
            : pricedCount === 0
              ? 'of nothing, nothing is known'
              : 'of any position'
        }
      >
        <RiskTag riskClass={worst} />
      </StripCell>
      <StripCell
        name="Priced"
        detail={
          unpricedCount === 0
            ? pricedCount === 0
              ? 'nothing in view'
              : 'all of them'
            : unpricedShareAtLeast
              ? `not: ${formatNumber(unpricedCount, 0)}, at least ${formatShare(unpricedShareAtLeast, 'down')}`
              : 'share of value unknown'
        }
      >
        {formatNumber(pricedCount, 0)}
      </StripCell>
    </Strip>
  );
}
