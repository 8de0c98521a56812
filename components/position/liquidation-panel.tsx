'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { UnknownFigure } from '@/components/positions/known-figure';
import { Figure } from '@/components/ui/figure';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import type { PositionRow, PriceFigure } from '@/lib/book/position-row';
import { computeUniformDropPrices } from '@/lib/book/uniform-drop-prices';
import type { LiquidationPrice } from '@/lib/domain/evaluation';
import { toOptional } from '@/lib/domain/known';
import { assetColour } from '@/lib/format/asset-colour';
import { formatExact } from '@/lib/format/format-fixed';
import { formatChange } from '@/lib/format/format-percent';
import { formatPrice } from '@/lib/format/format-price';
import { formatTriggerLink } from '@/lib/stores/trigger-link';
import { WAD } from '@/lib/units/fixed';
import { rational } from '@/lib/units/rational';
import { roundTowardToday } from '@/lib/units/round-toward-today';
import { linkToPriceWarning } from './link-to-price-warning';

const LINE = 'flex items-baseline justify-between gap-3 border-line border-b py-1 text-[13px] last:border-0';

const explain = (direction: 'below' | 'above', isPast: boolean): string => {
  if (isPast) return direction === 'below' ? 'A rise past here would cure it' : 'A fall past here would cure it';
  return direction === 'below' ? 'A fall to here liquidates' : 'A rise to here liquidates';
};

/** Opens the form of a trigger set before this price; none under a what-if, whose prices nobody watches. */
function WarnLink({ row, price }: { readonly row: PositionRow; readonly price: LiquidationPrice & { exists: true } }) {
  const search = useSearchParams().toString();
  const link = linkToPriceWarning(row, price);
  const symbol = row.prices.find(({ asset }) => asset.id === price.assetId)?.asset.symbol;
  if (!link) return null;
  return (
    <Link
      href={formatTriggerLink(link, search)}
      prefetch={false}
      title="Warn me before this"
      aria-label={`Warn me before the liquidation price of ${symbol}`}
      className="ml-1 inline-flex rounded align-middle text-faint hover:text-accent"
    >
      <Icon name="triggers" size={14} />
    </Link>
  );
}

function AloneLine({
  row,
  price,
  figure,
  isPast,
  affected,
}: {
  readonly row: PositionRow;
  readonly price: LiquidationPrice;
  readonly figure: PriceFigure;
  /** Liquidatable already: the price is where it would be cured, not one that lies ahead. */
  readonly isPast: boolean;
  readonly affected: boolean;
}) {
  const { symbol } = figure.asset;
  return (
    <li className={LINE}>
      <span className="flex shrink-0 items-baseline gap-1.5 whitespace-nowrap">
        <span aria-hidden="true" className="size-2 rounded-xs" style={{ background: assetColour(symbol) }} />
        {symbol} alone
      </span>
      {price.exists ? (
        <span className="text-right">
          {isPast && <span className="text-muted">{price.direction === 'below' ? 'above ' : 'below '}</span>}
          <Figure
            text={formatPrice(price.answer, price.decimals, roundTowardToday(price.direction))}
            exact={formatExact(price.answer, price.decimals)}
            note={explain(price.direction, isPast)}
            affected={affected}
            className="font-medium"
          />{' '}
          <span className="inline-block w-16 text-right text-faint tabular-nums">
            {formatChange(price.distance, roundTowardToday(price.direction))}
          </span>
          {!affected && <WarnLink {...{ row, price }} />}
        </span>
      ) : (
        <span className="text-right text-muted">
          none <span className="text-faint text-xs">{price.text}</span>
        </span>
      )}
    </li>
  );
}

/** Every liquidation price: each asset alone, all collateral together; "none" where there is none, and why. */
export function LiquidationPanel({ row, affected }: { readonly row: PositionRow; readonly affected: boolean }) {
  const { liquidationPrices } = row;
  if (!liquidationPrices.known) {
    return (
      <Panel title="Which prices liquidate it?">
        <p className="text-[13px] text-muted">
          <UnknownFigure reason={liquidationPrices.reason.text} /> {liquidationPrices.reason.text}
        </p>
      </Panel>
    );
  }
  const { alone, together } = liquidationPrices.value;
  const means = toOptional(computeUniformDropPrices(row)) ?? [];
  const isPast = row.evaluation.liquidatable.known && row.evaluation.liquidatable.value;
  return (
    <Panel
      title={isPast ? 'Which prices would cure it?' : 'Which prices liquidate it?'}
      detail={
        !isPast ? 'others held' : affected ? 'liquidatable, what-if; others held' : 'liquidatable now; others held'
      }
    >
      <ul>
        {alone.map((price) => {
          const figure = row.prices.find(({ asset }) => asset.id === price.assetId);
          return figure && <AloneLine key={price.assetId} {...{ row, price, figure, isPast, affected }} />;
        })}
        <li className={LINE}>
          <span className="min-w-24 shrink-0">
            All collateral together
            {means.length > 0 && (
              <span className="block text-faint text-xs">
                {means
                  .map(({ asset, answer, decimals }) => `${asset.symbol} ${formatPrice(answer, decimals, 'up')}`)
                  .join(' · ')}
              </span>
            )}
          </span>
          {together.exists ? (
            <Figure
              text={formatChange(rational(-together.drop, WAD), 'up', 2)}
              exact={`${formatExact(-together.drop * 100n, 18)} %`}
              affected={affected}
              className="font-medium"
            />
          ) : (
            <span className="text-right text-muted">
              none <span className="text-faint text-xs">{together.text}</span>
            </span>
          )}
        </li>
      </ul>
    </Panel>
  );
}
