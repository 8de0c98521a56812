import { Term } from '@/components/ui/term';
import { formatNumber } from '@/lib/format/format-number';
import type { Concentration } from '@/lib/risk/exposure/concentration';
import { type Rational, rationalToNumber } from '@/lib/units/rational';
import { formatShare } from './describe-coverage';

const toText = (value: Rational, digits: number): string => formatNumber(rationalToNumber(value), digits);

/** How concentrated the bars are: index, effective number, shares of the largest. */
export function ConcentrationLine(props: {
  readonly concentration: Concentration | undefined;
  /** A what-if moves the prices it was made at. */
  readonly affected: boolean;
}) {
  const { concentration, affected } = props;
  if (!concentration) return <p className="mb-1.5 text-[12px] text-muted">No exposure, so no concentration.</p>;
  const { hhi, effectiveNumber, topShares, count, unpricedCount } = concentration;
  const strong = `font-semibold text-text${affected ? ' whatif' : ''}`;
  return (
    <p className="mb-1.5 flex flex-wrap gap-x-3 gap-y-0.5 px-1.5 text-[12px] text-muted tabular-nums">
      <span>
        <Term
          definition="How unevenly exposure is spread: 1 when one has all, 1/n when n have equal parts."
          formula="HHI = Σw², w = |e| / Σ|e|"
        >
          HHI
        </Term>{' '}
        <b className={strong}>{toText(hhi, 3)}</b>
      </span>
      <span title="1 / HHI: so many equal ones would be as concentrated">
        as <span className={affected ? 'whatif' : undefined}>{toText(effectiveNumber, 1)}</span> equal of{' '}
        {formatNumber(count, 0)}
      </span>
      {topShares
        .filter(({ top }) => top < count)
        .map(({ top, share }) => (
          <span key={top}>
            top {top} <b className={strong}>{formatShare(share, 'up')}</b>
          </span>
        ))}
      {unpricedCount > 0 && <span className="text-unknown">of what is priced</span>}
    </p>
  );
}
