import Link from 'next/link';
import { memo, type ReactNode } from 'react';
import { Figure } from '@/components/ui/figure';
import { Term } from '@/components/ui/term';
import type { BookStrip, Total } from '@/lib/book/position-row';
import { formatExact, UNKNOWN_TEXT } from '@/lib/format/format-fixed';
import { formatHealthFactor } from '@/lib/format/format-health-factor';
import { formatChange } from '@/lib/format/format-percent';
import { formatPrice } from '@/lib/format/format-price';
import { formatUsdCompact, formatUsdNumber } from '@/lib/format/format-usd';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { type GlossaryEntry, glossary } from './glossary';
import { UnknownFigure } from './known-figure';

/** One figure of a strip: name, the figure, what stands under it. */
export function StripCell({
  name,
  term,
  example,
  children,
  detail,
  wraps = false,
}: {
  readonly name: string;
  readonly term?: GlossaryEntry;
  readonly example?: string | undefined;
  readonly children: ReactNode;
  readonly detail?: ReactNode;
  /** The detail may take more lines; else it is cut off, and says itself in full on hover. */
  readonly wraps?: boolean;
}) {
  return (
    <div className="min-w-0 border-line border-l pl-3.5 first:border-0 first:pl-0 max-md:border-0 max-md:pl-0">
      <dt className="truncate text-muted text-xs">
        {term ? (
          <Term {...term} {...(example === undefined ? {} : { example })}>
            {name}
          </Term>
        ) : (
          name
        )}
      </dt>
      <dd className="truncate font-semibold text-[20px] leading-[26px] tracking-tight">{children}</dd>
      <dd className={`min-h-4 text-faint text-xs leading-4 ${wraps ? '' : 'truncate'}`}>{detail}</dd>
    </div>
  );
}

/** Figures in a row, hairlines between them; two a line on a phone. */
export const Strip = ({ children }: { readonly children: ReactNode }) => (
  <dl className="grid grid-cols-6 border-line border-b pb-3 max-lg:grid-cols-3 max-lg:gap-y-3 max-md:grid-cols-2">
    {children}
  </dl>
);

const leftOut = (count: number): string | undefined => (count > 0 ? `${count} unknown left out` : undefined);
/** Nothing of it is known: the figure says so itself. */
const isUnknown = ({ value, unknownCount }: Total): boolean => unknownCount > 0 && value === 0n;
const warnOf = (total: Total): string | undefined => (isUnknown(total) ? undefined : leftOut(total.unknownCount));

function TotalFigure({
  total,
  rounding,
  affected,
}: {
  readonly total: Total;
  readonly rounding: 'down' | 'up';
  readonly affected: boolean;
}) {
  if (isUnknown(total)) return <UnknownFigure reason="No part of it is known now." />;
  return (
    <Figure
      text={formatUsdCompact(total.value, rounding)}
      exact={`$${formatExact(total.value, 8)}`}
      note={leftOut(total.unknownCount)}
      affected={affected}
    />
  );
}

const Detail = ({ warn, children }: { readonly warn?: string | undefined; readonly children: ReactNode }) =>
  warn ? <span className="text-warning">{warn}</span> : children;

const NAMES = ['Collateral', 'Debt', 'Net worth', 'Lowest health factor', 'Nearest liquidation', 'Net carry a day'];

const UnreadStrip = () => (
  <Strip>
    {NAMES.map((name) => (
      <StripCell key={name} name={name}>
        <UnknownFigure reason="The positions have not been read yet." />
      </StripCell>
    ))}
  </Strip>
);

/** The book at a glance. */
export const BookStripView = memo(function BookStripView({
  strip,
  unread,
  affected,
  hrefOf,
}: {
  readonly strip: BookStrip;
  /** Not everyone in view was read and nobody's positions are there: then nothing is known, which is not zero. */
  readonly unread: boolean;
  readonly affected: boolean;
  readonly hrefOf: (positionId: string) => string;
}) {
  const { collateral, debt, netWorth, lowestHealthFactor: lowest, nearest, carryPerDayUsd: carry } = strip;
  if (unread) return <UnreadStrip />;
  const counted =
    strip.liquidatableCount > 0
      ? `${strip.liquidatableCount} liquidatable${affected ? '' : ' now'}`
      : `${strip.positionCount} ${strip.positionCount === 1 ? 'position' : 'positions'}`;
  return (
    <Strip>
      <StripCell
        name="Collateral"
        term={glossary.collateral}
        detail={<Detail warn={warnOf(collateral)}>{counted}</Detail>}
      >
        <TotalFigure total={collateral} rounding="down" affected={affected} />
      </StripCell>
      <StripCell
        name="Debt"
        term={glossary.debt}
        detail={
          <Detail warn={warnOf(debt)}>
            {strip.debtAssetCount} {strip.debtAssetCount === 1 ? 'asset' : 'assets'}
          </Detail>
        }
      >
        <TotalFigure total={debt} rounding="up" affected={affected} />
      </StripCell>
      <StripCell
        name="Net worth"
        term={glossary.netWorth}
        example={`${formatUsdCompact(collateral.value, 'down')} − ${formatUsdCompact(debt.value, 'up')}`}
        detail={<Detail warn={warnOf(netWorth)}>supplied − owed</Detail>}
      >
        <TotalFigure total={netWorth} rounding="down" affected={affected} />
      </StripCell>
      <StripCell
        name="Lowest health factor"
        term={glossary.healthFactor}
        detail={
          lowest ? (
            <Detail warn={leftOut(strip.unknownCount)}>
              <Link
                href={hrefOf(lowest.row.id)}
                prefetch={false}
                title={`${lowest.row.owner.label}, ${lowest.row.venueName}`}
                className="hover:text-text hover:underline"
              >
                {lowest.row.owner.label}, {lowest.row.venueName}
              </Link>
            </Detail>
          ) : strip.unknownCount > 0 ? (
            `${strip.unknownCount} unknown`
          ) : (
            'no debt'
          )
        }
      >
        {lowest ? (
          <span style={{ color: `var(--${lowest.row.riskClass})` }}>
            <Figure
              text={formatHealthFactor(lowest.value)}
              exact={formatExact(lowest.value, 18)}
              note={lowest.row.riskNote ?? `Class: ${lowest.row.riskClass}`}
              affected={affected}
            />
          </span>
        ) : strip.unknownCount > 0 ? (
          <UnknownFigure reason="No health factor is known now." />
        ) : (
          UNKNOWN_TEXT
        )}
      </StripCell>
      <StripCell
        name="Nearest liquidation"
        term={glossary.nearestLiquidation}
        detail={
          nearest &&
          (strip.liquidatableCount > 0 ? (
            `${strip.liquidatableCount} liquidatable`
          ) : (
            <Detail warn={leftOut(strip.unknownCount)}>
              {formatChange(nearest.nearest.distance, roundTowardToday(nearest.nearest.direction))} ·{' '}
              <Link
                href={hrefOf(nearest.row.id)}
                prefetch={false}
                title={nearest.row.owner.label}
                className="hover:text-text hover:underline"
              >
                {nearest.row.owner.label}
              </Link>
            </Detail>
          ))
        }
      >
        {nearest && strip.liquidatableCount > 0 ? (
          <span className={`text-liquidatable ${affected ? 'whatif' : ''}`}>{affected ? 'past it' : 'now'}</span>
        ) : nearest ? (
          <>
            {nearest.nearest.asset.symbol}{' '}
            <Figure
              text={formatPrice(
                nearest.nearest.answer,
                nearest.nearest.decimals,
                roundTowardToday(nearest.nearest.direction),
              )}
              exact={formatExact(nearest.nearest.answer, nearest.nearest.decimals)}
              affected={affected}
            />
          </>
        ) : strip.unknownCount > 0 ? (
          <UnknownFigure reason="No liquidation price is known now." />
        ) : (
          'none'
        )}
      </StripCell>
      <StripCell
        name="Net carry a day"
        term={glossary.carry}
        detail={
          <Detail warn={carry.unknownCount < strip.positionCount ? leftOut(carry.unknownCount) : undefined}>
            earned − owed
          </Detail>
        }
      >
        {carry.unknownCount > 0 && carry.unknownCount === strip.positionCount ? (
          <UnknownFigure reason="No rate or value is known now." />
        ) : (
          <Figure text={formatUsdNumber(carry.value)} affected={affected} />
        )}
      </StripCell>
    </Strip>
  );
});
