import { RiskTag } from '@/components/positions/risk-tag';
import { Strip, StripCell } from '@/components/positions/strip';
import { Figure } from '@/components/ui/figure';
import { formatFineCompact, formatFineExact } from '@/lib/format/format-fine';
import { formatNumber } from '@/lib/format/format-number';
import type { DeskView } from '@/lib/workers/desk/desk-protocol';
import { formatShare } from './describe-coverage';

type Totals = DeskView['totals'];

/**
 * A sum of what is in view. What has no price comes on top: held and owed are at least so large, and what is left between them is anybody's
 * guess; where nothing has a price, so is all.
 */
function Sum(props: {
  readonly value: bigint;
  readonly rounding: 'down' | 'up';
  /** What of it has no price may turn it either way. */
  readonly isDifference?: boolean;
  readonly coverage: Totals['coverage'];
  readonly affected: boolean;
}) {
  const { value, rounding, isDifference = false, affected } = props;
  const { unpricedCount, unpricedShareAtLeast } = props.coverage;
  if (unpricedCount > 0 && unpricedShareAtLeast === null) return <span className="text-unknown">—</span>;
  const text = formatFineCompact(value, rounding);
  const isShort = unpricedCount > 0;
  return (
    <>
      <Figure text={isShort && !isDifference ? `≥ ${text}` : text} exact={formatFineExact(value)} affected={affected} />
      {isShort && isDifference && <span className="text-unknown"> +?</span>}
    </>
  );
}

function describeLiquidatable({ unknownCount, atMarketCount }: Totals, affected: boolean): string {
  if (unknownCount > 0) return `${formatNumber(unknownCount, 0)} more not known`;
  if (atMarketCount > 0) return `${formatNumber(atMarketCount, 0)} by the market, prices in doubt`;
  return affected ? 'under the what-if' : 'by the venues’ own tests';
}

function describePriced({ pricedCount, unpricedCount, unpricedShareAtLeast }: Totals['coverage']): string {
  if (unpricedCount === 0) return pricedCount === 0 ? 'nothing in view' : 'all of them';
  return unpricedShareAtLeast
    ? `not: ${formatNumber(unpricedCount, 0)}, at least ${formatShare(unpricedShareAtLeast, 'down')}`
    : 'share of value unknown';
}

/** What is in view at a glance. While anything of it is unknown it is never called safe. */
export function DeskStrip({ totals, affected }: { readonly totals: Totals; readonly affected: boolean }) {
  const { held, owed, net, liquidatableCount, atMarketCount, unknownCount, worst, coverage } = totals;
  const { pricedCount, unpricedCount } = coverage;
  const warn = unpricedCount > 0 ? `${formatNumber(unpricedCount, 0)} not priced` : undefined;
  const detail = (text: string) => (warn ? <span className="text-warning">{warn}</span> : text);
  const liquidatable = describeLiquidatable(totals, affected);
  return (
    <Strip>
      <StripCell name="Held" detail={detail('all that is held')}>
        <Sum value={held} rounding="down" {...{ coverage, affected }} />
      </StripCell>
      <StripCell name="Owed" detail={detail('with interest accrued')}>
        <Sum value={owed} rounding="up" {...{ coverage, affected }} />
      </StripCell>
      <StripCell name="Net" detail={detail('held − owed')}>
        <Sum value={net} rounding="down" isDifference {...{ coverage, affected }} />
      </StripCell>
      <StripCell
        name="Liquidatable"
        detail={
          unknownCount > 0 || atMarketCount > 0 ? <span className="text-warning">{liquidatable}</span> : liquidatable
        }
      >
        <Figure text={formatNumber(liquidatableCount, 0)} affected={affected} />
      </StripCell>
      <StripCell
        name="Worst class"
        detail={
          unknownCount > 0
            ? 'never safe while any is unknown'
            : pricedCount + unpricedCount === 0
              ? 'of nothing, nothing is known'
              : 'of any position'
        }
      >
        <RiskTag riskClass={worst} />
      </StripCell>
      <StripCell name="Priced" detail={describePriced(coverage)}>
        {formatNumber(pricedCount, 0)}
      </StripCell>
    </Strip>
  );
}
