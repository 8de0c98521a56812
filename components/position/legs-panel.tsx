import type { ReactNode } from 'react';
import { KnownFigure, UnknownFigure } from '@/components/positions/known-figure';
import { Age } from '@/components/ui/age';
import { Figure } from '@/components/ui/figure';
import { Panel } from '@/components/ui/panel';
import { Cell, HeadCell, Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { Term } from '@/components/ui/term';
import { computeCapUsage } from '@/lib/book/cap-usage';
import type { LegFigure, PositionRow, PriceFigure } from '@/lib/book/position-row';
import type { UnknownReason } from '@/lib/domain/known';
import { assetColour } from '@/lib/format/asset-colour';
import { formatAge } from '@/lib/format/format-age';
import { formatAmount } from '@/lib/format/format-amount';
import { formatExact, formatFixed, MINUS, UNKNOWN_TEXT } from '@/lib/format/format-fixed';
import { formatJump, formatJumpFactor } from '@/lib/format/format-jump';
import { formatChangeNumber, formatPercentBps, formatPercentWad } from '@/lib/format/format-percent';
import { formatPrice } from '@/lib/format/format-price';
import { formatUtcTime } from '@/lib/format/format-time';
import { formatUsd } from '@/lib/format/format-usd';
import { positionGlossary } from './position-glossary';

interface LegProps {
  readonly figure: LegFigure;
  readonly price: PriceFigure | undefined;
  readonly affected: boolean;
  /** Why nothing that was read may be shown as today's. */
  readonly blind: UnknownReason | undefined;
}

const RAY_DECIMALS = 27;
const RAY_PERCENT = 100n;
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

function AmountFigure({ figure: { leg }, blind }: Pick<LegProps, 'figure' | 'blind'>) {
  if (blind) return <UnknownFigure reason={blind.text} />;
  const sign = leg.side === 'debt' ? MINUS : '';
  return (
    <Figure
      text={`${sign}${formatAmount(leg.amount, leg.asset.decimals, leg.side === 'debt' ? 'up' : 'down')}`}
      exact={`${sign}${formatExact(leg.amount, leg.asset.decimals)}`}
      className="font-medium"
    />
  );
}

function OraclePriceFigure({ figure, price, affected, blind }: LegProps) {
  if (blind) return <UnknownFigure reason={blind.text} />;
  const { leg } = figure;
  if (price?.answer === undefined) return <UnknownFigure reason={`The price of ${leg.asset.symbol} cannot be used.`} />;
  return (
    <Figure
      text={formatPrice(price.answer, price.price.decimals)}
      exact={`$${formatExact(price.answer, price.price.decimals)}`}
      note={price.price.feed ? `Oracle ${price.price.feed}` : undefined}
      affected={affected}
    />
  );
}

/** Source, age and state of the oracle's price. */
function PriceState({ price, blind }: Pick<LegProps, 'price' | 'blind'>) {
  if (!price || blind) return UNKNOWN_TEXT;
  const { state, ageSeconds, jump } = price;
  const updated = price.price.updatedAtSeconds;
  return (
    <span
      className={state === 'live' && !jump ? undefined : 'text-warning'}
      title={jump && `The oracle ${formatJump(jump)}.`}
    >
      oracle{' '}
      {ageSeconds === undefined ? (
        'age unknown'
      ) : (
        <Age seconds={ageSeconds} atMs={updated === undefined ? undefined : updated * 1000} />
      )}
      {state !== 'live' && ` · ${state}`}
      {jump && ` · jumped ${formatJumpFactor(jump.from, jump.to)}`}
    </span>
  );
}

function MarketFigure({ price, affected, blind }: Pick<LegProps, 'price' | 'affected' | 'blind'>) {
  if (!price) return UNKNOWN_TEXT;
  const { marketAnswer, marketDeviation, marketSource } = price;
  return (
    <>
      <KnownFigure
        figure={marketAnswer}
        format={(answer) => formatPrice(answer, price.price.decimals)}
        exact={(answer) => `$${formatExact(answer, price.price.decimals)}`}
        affected={affected}
      />
      <span className="block text-[11px] text-faint leading-[13px]">
        {marketDeviation !== undefined && !blind && `${formatChangeNumber(marketDeviation, 2)} · `}
        {marketSource ? (
          <span
            className={marketAnswer.known ? undefined : 'text-warning'}
            title={`Market price from ${marketSource.source}, of ${formatUtcTime(marketSource.atMs)}, seen ${formatAge(marketSource.ageSeconds)} ago by the wall clock`}
          >
            {marketSource.source} <span className="inline-block min-w-[3ch]">{formatAge(marketSource.ageSeconds)}</span>
          </span>
        ) : (
          'no source'
        )}
      </span>
    </>
  );
}

/** The cap that concerns this leg, and how much of it is used. */
function CapFigure({ figure: { leg }, blind }: Pick<LegProps, 'figure' | 'blind'>) {
  if (blind) return <UnknownFigure reason={blind.text} />;
  const [cap, total] = leg.side === 'debt' ? [leg.borrowCap, leg.totalBorrowed] : [leg.supplyCap, leg.totalSupplied];
  if (cap === undefined) return <span className="text-faint">none</span>;
  const usage = computeCapUsage(total, cap, leg.asset.decimals);
  const tokens = formatFixed(cap, 0, 0);
  const title = `${leg.side === 'debt' ? 'Borrow' : 'Supply'} cap ${tokens} ${leg.asset.symbol}`;
  return (
    <span title={title}>
      {usage === undefined ? UNKNOWN_TEXT : formatPercentWad(usage, 'up')}
      <span className="block text-[11px] text-faint leading-[13px]">of {compact.format(cap)}</span>
    </span>
  );
}

function RateFigure({ figure: { leg }, blind }: Pick<LegProps, 'figure' | 'blind'>) {
  if (blind) return <UnknownFigure reason={blind.text} />;
  const rate = `${formatFixed(leg.yearlyRate * RAY_PERCENT, RAY_DECIMALS, 2)} %`;
  return (
    <span title={leg.side === 'debt' ? 'owed a year' : 'earned a year'}>
      {leg.side === 'debt' ? `${MINUS}${rate}` : rate}
    </span>
  );
}

function LegUse({ figure: { leg } }: Pick<LegProps, 'figure'>) {
  if (leg.side === 'debt') return <Tag tone="neutral">debt</Tag>;
  return leg.enabled ? (
    <Tag tone="accent">collateral</Tag>
  ) : (
    <Tag tone="neutral" title="Supplied, but it does not count as collateral: it lends and cannot be seized.">
      does not count
    </Tag>
  );
}

const LegName = ({ figure: { leg } }: Pick<LegProps, 'figure'>) => (
  <span className="flex items-center gap-2">
    <span
      aria-hidden="true"
      className="size-2 shrink-0 rounded-xs"
      style={{ background: assetColour(leg.asset.symbol) }}
    />
    <span className="font-medium" title={leg.asset.address}>
      {leg.asset.symbol}
    </span>
  </span>
);

const ValueFigure = ({ figure, affected }: Pick<LegProps, 'figure' | 'affected'>) => (
  <KnownFigure
    figure={figure.value}
    format={(value) => (figure.leg.side === 'debt' ? `${MINUS}${formatUsd(value, 'up')}` : formatUsd(value, 'down'))}
    exact={(value) => `$${formatExact(value, 8)}`}
    affected={affected}
  />
);

const bpsOrDash = (ratio: bigint | undefined): string => (ratio === undefined ? UNKNOWN_TEXT : formatPercentBps(ratio));

const HEADS: readonly (readonly [name: string, numeric: boolean, term?: keyof typeof positionGlossary])[] = [
  ['Asset', false],
  ['Use', false],
  ['Amount', true],
  ['Oracle price', true],
  ['Market', true],
  ['Value', true],
  ['Threshold', true, 'liquidationThreshold'],
  ['Max LTV', true, 'maxLtv'],
  ['Bonus', true, 'bonus'],
  ['Cap used', true, 'cap'],
  ['Rate a year', true, 'rate'],
];

function LegRow(props: LegProps) {
  const { leg } = props.figure;
  return (
    <tr>
      <Cell>
        <LegName {...props} />
      </Cell>
      <Cell>
        <LegUse {...props} />
      </Cell>
      <Cell className="num">
        <AmountFigure {...props} />
      </Cell>
      <Cell className="num">
        <OraclePriceFigure {...props} />
        <span className="block text-[11px] text-faint leading-[13px]">
          <PriceState {...props} />
        </span>
      </Cell>
      <Cell className="num">
        <MarketFigure {...props} />
      </Cell>
      <Cell className="num">
        <ValueFigure {...props} />
      </Cell>
      <Cell className="num">{bpsOrDash(leg.liquidationThreshold)}</Cell>
      <Cell className="num">{bpsOrDash(leg.maxLtv)}</Cell>
      <Cell className="num">{bpsOrDash(leg.liquidationBonus)}</Cell>
      <Cell className="num">
        <CapFigure {...props} />
      </Cell>
      <Cell className="num">
        <RateFigure {...props} />
      </Cell>
    </tr>
  );
}

const Pair = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt className="text-[11px] text-faint leading-[13px]">{name}</dt>
    <dd>{children}</dd>
  </div>
);

function LegCard(props: LegProps) {
  const { leg } = props.figure;
  return (
    <li className="border-line border-b py-3 last:border-0">
      <div className="flex items-center justify-between gap-2">
        <LegName {...props} />
        <LegUse {...props} />
      </div>
      <dl className="mt-2 grid grid-cols-3 gap-x-3 gap-y-2 text-[13px]">
        <Pair name="Amount">
          <AmountFigure {...props} />
        </Pair>
        <Pair name="Value">
          <ValueFigure {...props} />
        </Pair>
        <Pair name="Rate a year">
          <RateFigure {...props} />
        </Pair>
        <Pair name="Oracle price">
          <OraclePriceFigure {...props} />
          <span className="block text-[11px] text-faint leading-[13px]">
            <PriceState {...props} />
          </span>
        </Pair>
        <Pair name="Market">
          <MarketFigure {...props} />
        </Pair>
        <Pair name="Cap used">
          <CapFigure {...props} />
        </Pair>
        {leg.side === 'collateral' && (
          <>
            <Pair name="Threshold">{bpsOrDash(leg.liquidationThreshold)}</Pair>
            <Pair name="Max LTV">{bpsOrDash(leg.maxLtv)}</Pair>
            <Pair name="Bonus">{bpsOrDash(leg.liquidationBonus)}</Pair>
          </>
        )}
      </dl>
    </li>
  );
}

/** What is supplied and owed, leg by leg, with everything its figures depend on. A table; cards on a phone. */
export function LegsPanel({
  row,
  affected,
  blind,
}: {
  readonly row: PositionRow;
  readonly affected: boolean;
  readonly blind: UnknownReason | undefined;
}) {
  const legs = [...row.collateral, ...row.debt].map((figure): LegProps & { readonly key: string } => ({
    key: `${figure.leg.side} ${figure.leg.asset.id}`,
    figure,
    price: row.prices.find(({ asset }) => asset.id === figure.leg.asset.id),
    affected,
    blind,
  }));
  return (
    <Panel title="What it is made of" detail={`${row.venueName} ${row.market}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="overflow-x-auto max-md:hidden" aria-label="Legs" tabIndex={0}>
        <Table className="text-[13px]">
          <thead>
            <tr>
              {HEADS.map(([name, numeric, term]) => (
                <HeadCell key={name} className={numeric ? 'num !text-right' : undefined}>
                  {term ? <Term {...positionGlossary[term]}>{name}</Term> : name}
                </HeadCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {legs.map(({ key, ...leg }) => (
              <LegRow key={key} {...leg} />
            ))}
          </tbody>
        </Table>
      </section>
      <ul className="md:hidden">
        {legs.map(({ key, ...leg }) => (
          <LegCard key={key} {...leg} />
        ))}
      </ul>
    </Panel>
  );
}
