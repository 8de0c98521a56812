import { Figure } from '@/components/ui/figure';
import type { VenueComparison } from '@/lib/compare/compare-venues';
import { formatChange } from '@/lib/format/format-percent';
import {
  formatHealthFactorRational,
  formatPriceRational,
  formatUsdRational,
} from '@/lib/format/format-rational-figures';
import { formatRational } from '@/lib/units/format-rational';
import { negateRational } from '@/lib/units/rational';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { PastWords } from './past-words';

export type NameAsset = (text: string) => string;

export interface CellProps {
  readonly comparison: VenueComparison;
  /** A what-if (of the outcome: or the moved point) changed the figure. */
  readonly affected: boolean;
  /** A text with the assets' keys replaced by their symbols. */
  readonly name: NameAsset;
}

const Reason = ({ text }: { readonly text: string }) => (
  <span className="block min-w-32 whitespace-normal text-faint text-xs">{text}</span>
);

/** The nearest price of one asset alone. Where it is past, the price would be a cure and no liquidation that lies ahead. */
export function NearestCell({ comparison: { risk }, affected, name }: CellProps) {
  if (!risk) return <>—</>;
  if (risk.liquidatable) return <PastWords affected={affected} />;
  const { nearest, alone } = risk.prices;
  if (!nearest) {
    const reasons = new Set([...alone.values()].flatMap((price) => (price.exists ? [] : [name(price.text)])));
    return (
      <>
        none
        <Reason text={[...reasons].join(' ')} />
      </>
    );
  }
  const rounding = roundTowardToday(nearest.direction);
  return (
    <>
      <Figure
        text={formatPriceRational(nearest.price, rounding)}
        unit={name(nearest.asset)}
        exact={formatRational(nearest.price, rounding)}
        affected={affected}
      />
      <span className="block text-faint text-xs">{formatChange(nearest.distance, rounding)}</span>
    </>
  );
}

export function OutcomeCell({ comparison, affected }: Omit<CellProps, 'name'>) {
  const outcome = comparison.risk?.outcome;
  if (!outcome) return <>—</>;
  if (outcome.liquidated === 0) return <>not liquidated</>;
  const { penaltyValue, badDebt, badDebtBearers } = outcome;
  return (
    <>
      {penaltyValue.numerator > 0n ? (
        <>
          lost{' '}
          <Figure
            text={formatUsdRational(penaltyValue, 'up')}
            exact={formatRational(penaltyValue, 'up')}
            affected={affected}
          />
        </>
      ) : (
        'lost no more than was owed'
      )}
      {badDebt.numerator > 0n && (
        <span className="block text-liquidatable text-xs">
          bad debt{' '}
          <Figure text={formatUsdRational(badDebt, 'up')} exact={formatRational(badDebt, 'up')} affected={affected} />,
          borne by {badDebtBearers.join(' and ')}
        </span>
      )}
    </>
  );
}

export function TogetherCell({ comparison: { risk }, affected }: Omit<CellProps, 'name'>) {
  if (!risk) return <>—</>;
  const { together } = risk.prices;
  if (risk.liquidatable) return <PastWords affected={affected} />;
  if (!together.exists) {
    // Liquidatable as far as the cautious line can tell, though not by the venue's own figure: no reason to call it none.
    return (
      <>
        {together.reason !== 'already-liquidatable' && 'none'}
        <Reason text={together.text} />
      </>
    );
  }
  return <Figure text={formatChange(negateRational(together.t), 'up')} affected={affected} />;
}

export function HealthCell({ comparison, affected }: Omit<CellProps, 'name'>) {
  const { risk } = comparison;
  if (!risk) return <>—</>;
  if (risk.healthFactor === null) return <>no debt</>;
  return (
    <>
      <Figure
        text={formatHealthFactorRational(risk.healthFactor)}
        exact={formatRational(risk.healthFactor, 'down')}
        affected={affected}
      />
      {risk.liquidatable && <span className="block text-liquidatable text-xs">liquidatable</span>}
    </>
  );
}
