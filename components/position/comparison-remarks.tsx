import { Figure } from '@/components/ui/figure';
import type { VenueComparison } from '@/lib/compare/compare-venues';
import type { AssetAmount } from '@/lib/domain/venue-model';
import { formatChange } from '@/lib/format/format-percent';
import { formatPriceRational } from '@/lib/format/format-rational-figures';
import { formatRational } from '@/lib/units/format-rational';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import type { CellProps, NameAsset } from './comparison-cells';

function describeHolding({ left, positions, refusals }: VenueComparison, name: NameAsset): string {
  if (positions.length === 0) return 'cannot hold it';
  if (left.length > 0) return `cannot hold ${left.map(({ asset }) => name(asset)).join(', ')}`;
  if (positions.length > 1) return `as ${positions.length} positions`;
  return refusals.length > 0 ? 'would not open it' : 'holds all of it';
}

/** Each asset alone, the others held: of several positions the one that turns first. */
function AlonePrices({ comparison: { risk, positions }, affected, name }: CellProps) {
  if (!risk) return null;
  return (
    <>
      <p className="mt-1">
        Liquidation prices, each asset alone{positions.length > 1 && ', of the position that turns first'}:
      </p>
      <ul className="list-disc pl-4">
        {[...risk.prices.alone].map(([asset, price]) => (
          <li key={asset}>
            {name(asset)}{' '}
            {price.exists ? (
              <>
                {price.direction}{' '}
                <Figure
                  text={formatPriceRational(price.price, roundTowardToday(price.direction))}
                  exact={formatRational(price.price, roundTowardToday(price.direction))}
                  affected={affected}
                />{' '}
                ({formatChange(price.distance, roundTowardToday(price.direction))})
              </>
            ) : (
              <>none: {name(price.text)}</>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Six digits of it. */
const writeAtLeast = ({ asset, amount }: AssetAmount, name: NameAsset): string =>
  `at least ${formatRational(amount, 'down', 6)} ${name(asset)}`;

/** What can be lost while healthy; what stands in front of it is unknown as a rule, which is not nothing. */
function Redemptions({ redemptions, name }: Pick<VenueComparison, 'redemptions'> & Pick<CellProps, 'name'>) {
  const possible = redemptions.filter(({ isPossible }) => isPossible);
  if (possible.length === 0) return null;
  return (
    <span className="block text-warning text-xs">
      can be redeemed against while healthy; debt in front of it:{' '}
      {possible
        .map(({ debtInFront }) => (debtInFront ? writeAtLeast(debtInFront, name) : '— not known here'))
        .join(', ')}
    </span>
  );
}

/** What the venue holds of the legs, what it would refuse, and, opened, every price alone and what was assumed. */
export function ComparisonRemarks(props: CellProps) {
  const { comparison, name } = props;
  const { left, refusals, redemptions, notes, risk } = comparison;
  const lines = [
    ...left.map(({ asset, text }) => `${asset}: ${text}`),
    ...redemptions.map(({ text }) => text),
    ...notes,
    ...(risk?.outcome.assumptions ?? []),
  ];
  return (
    <>
      <details>
        <summary>{describeHolding(comparison, name)}</summary>
        <div className="max-w-prose whitespace-normal text-faint text-xs">
          <AlonePrices {...props} />
          <ul className="mt-1 list-disc pl-4">
            {[...new Set(lines)].map((line) => (
              <li key={line}>{name(line)}</li>
            ))}
          </ul>
        </div>
      </details>
      {refusals.map(({ text }) => (
        <span key={text} className="block text-warning text-xs">
          {text}
        </span>
      ))}
      <Redemptions {...{ redemptions, name }} />
    </>
  );
}
