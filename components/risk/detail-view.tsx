import type { ReactNode } from 'react';
import { RiskTag } from '@/components/positions/risk-tag';
import { Figure } from '@/components/ui/figure';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { Term } from '@/components/ui/term';
import { formatFineCompact, formatFineExact } from '@/lib/format/format-fine';
import { formatChange } from '@/lib/format/format-percent';
import { formatAmountRational, formatPriceRational, formatUsdRational } from '@/lib/format/format-rational-figures';
import { formatRational } from '@/lib/units/format-rational';
import { type Rational, rational } from '@/lib/units/rational';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import type { DeskDetail, DetailLeg, DetailPrice } from '@/lib/workers/desk/desk-protocol';
import { formatShare } from './describe-coverage';
import { HealthText, UnknownCell } from './desk-table';
import { PARAMETERS } from './labels';

interface PartProps {
  readonly detail: DeskDetail;
}

const Pair = ({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }) => (
  <div>
    <dt className="text-muted text-xs">{name}</dt>
    <dd className="tabular-nums">{children}</dd>
  </div>
);

function Health({ detail: { row, figures } }: PartProps) {
  const { affected, reason } = row;
  const evaluation = figures?.evaluation;
  const unknown = <UnknownCell reason={reason} />;
  const value = (amount: Rational | undefined, rounding: 'down' | 'up') =>
    amount ? (
      <Figure
        text={formatUsdRational(amount, rounding)}
        exact={`$${formatRational(amount, rounding)}`}
        affected={affected}
      />
    ) : (
      unknown
    );
  const ratio = (share: Rational | null | undefined, rounding: 'down' | 'up', none: string) => {
    if (share === undefined) return unknown;
    if (share === null) return <span className="text-faint">{none}</span>;
    return <Figure text={formatShare(share, rounding)} exact={formatRational(share, rounding)} affected={affected} />;
  };
  return (
    <dl className="grid grid-cols-3 gap-x-4 gap-y-2 max-md:grid-cols-2">
      <Pair
        name={
          <Term definition="The venue’s own measure of how far the position is from liquidation: below 1 it can be liquidated.">
            Health factor
          </Term>
        }
      >
        <HealthText row={row} />
      </Pair>
      <Pair name="Loan to value">{ratio(evaluation?.ltv, 'up', 'no collateral')}</Pair>
      <Pair name="Collateral ratio">{ratio(evaluation?.collateralRatio, 'down', 'no debt')}</Pair>
      <Pair name="Counts as collateral">{value(evaluation?.collateralValue, 'down')}</Pair>
      <Pair name="Debt">{value(evaluation?.debtValue, 'up')}</Pair>
      <Pair name="Can still be borrowed">{value(evaluation?.availableToBorrow, 'down')}</Pair>
    </dl>
  );
}

const describeLeg = ({ enabled, parameters, borrowRate }: DetailLeg): string =>
  [
    ...(enabled ? [] : ['does not count as collateral']),
    ...parameters.map(
      ({ name, value }) => `${PARAMETERS[name].label} ${formatShare(value, PARAMETERS[name].rounding)}`,
    ),
    ...(borrowRate ? [`${formatShare(borrowRate, 'up')} a year`] : []),
  ].join(' · ');

function LegLine({ leg, detail }: PartProps & { readonly leg: DetailLeg }) {
  const { row } = detail;
  const { side, name, amount, price, value } = leg;
  const missing = <UnknownCell reason={`The price of ${name} is not known.`} />;
  const told = describeLeg(leg);
  const rounding = side === 'debt' ? 'up' : 'down';
  // What is said of a leg stands below it, at any width: no line between the two.
  const line = told ? '!h-7 border-b-0' : '!h-7';
  return (
    <>
      <tr>
        <Cell className={line}>
          {name} <span className="text-faint text-xs">{side === 'debt' ? 'owed' : 'held'}</span>
        </Cell>
        <Cell className={`num ${line}`}>
          <Figure text={formatAmountRational(amount, rounding)} exact={formatRational(amount, rounding)} />
        </Cell>
        <Cell className={`num ${line}`}>
          {price ? (
            <Figure
              text={formatPriceRational(price, 'half')}
              exact={`$${formatRational(price, 'down')}`}
              affected={row.affected}
            />
          ) : (
            missing
          )}
        </Cell>
        <Cell className={`num ${line}`}>
          {value === undefined ? (
            missing
          ) : (
            <Figure text={formatFineCompact(value, rounding)} exact={formatFineExact(value)} affected={row.affected} />
          )}
        </Cell>
      </tr>
      {told && (
        <tr>
          <Cell colSpan={4} className="!h-auto !whitespace-normal pb-1.5 text-faint text-xs">
            {told}
          </Cell>
        </tr>
      )}
    </>
  );
}

function Legs({ detail }: PartProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section aria-label="Legs" tabIndex={0} className="mt-3 overflow-x-auto">
      <Table className="text-[13px]">
        <thead>
          <tr>
            {['Leg', 'Amount', 'Price', 'Value'].map((name, index) => (
              <HeadCell key={name} className={index === 0 ? '' : 'num'}>
                {name}
              </HeadCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {detail.legs.map((leg) => (
            <LegLine key={`${leg.side} ${leg.asset}`} {...{ leg, detail }} />
          ))}
        </tbody>
      </Table>
    </section>
  );
}

const LINE = 'flex items-baseline justify-between gap-3 border-line border-b py-1 last:border-0';

function AloneLine({ alone, detail }: PartProps & { readonly alone: DetailPrice }) {
  const { name, price, change } = alone;
  const { affected, liquidatable: isPast } = detail.row;
  return (
    <li className={LINE}>
      <span className="shrink-0 whitespace-nowrap">{name} alone</span>
      {price.exists ? (
        <span className="text-right">
          <span className="text-muted">
            {isPast && 'cured '}
            {(price.direction === 'below') === isPast ? 'above ' : 'below '}
          </span>
          <Figure
            text={formatPriceRational(price.price, roundTowardToday(price.direction))}
            exact={`$${formatRational(price.price, roundTowardToday(price.direction))}`}
            affected={affected}
            className="font-medium"
          />{' '}
          {change && (
            <span className="text-faint tabular-nums">{formatChange(change, roundTowardToday(price.direction))}</span>
          )}
        </span>
      ) : (
        <span className="text-right text-muted">
          none <span className="text-faint text-xs">{price.text}</span>
        </span>
      )}
    </li>
  );
}

function Prices({ detail }: PartProps) {
  const { row, figures } = detail;
  if (!figures) return <p className="text-unknown">Unknown: {row.reason}</p>;
  const { alone, together } = figures;
  return (
    <ul>
      {alone.map((each) => (
        <AloneLine key={each.asset} alone={each} detail={detail} />
      ))}
      <li className={LINE}>
        <span className="shrink-0">All collateral together</span>
        {together.exists ? (
          <span>
            <span className="text-muted">{row.liquidatable ? 'cured at ' : 'at '}</span>
            <Figure
              text={formatChange(rational(-together.drop.numerator, together.drop.denominator), 'up')}
              affected={row.affected}
              className="font-medium"
            />
          </span>
        ) : (
          <span className="text-right text-muted">
            none <span className="text-faint text-xs">{together.text}</span>
          </span>
        )}
      </li>
    </ul>
  );
}

/** Legs, health and liquidation prices of one position; what a what-if moves is underlined. */
export function DetailView({ detail }: PartProps) {
  const { venue, owner, counterparty, liquidatable, riskClass, riskNote, reason, affected } = detail.row;
  return (
    <>
      <p className="mb-2.5 flex flex-wrap items-center justify-between gap-2">
        <span className="text-muted">{[venue, owner, counterparty].filter(Boolean).join(' · ')}</span>
        <RiskTag riskClass={riskClass} note={riskNote ?? reason} />
      </p>
      {affected && <p className="mb-2 text-accent text-xs">Underlined figures are computed with the what-if.</p>}
      <Health detail={detail} />
      <Legs detail={detail} />
      <h3 className="mt-3 mb-1 font-semibold">
        {liquidatable ? 'Which prices would cure it?' : 'Which prices liquidate it?'}
      </h3>
      <Prices detail={detail} />
    </>
  );
}
