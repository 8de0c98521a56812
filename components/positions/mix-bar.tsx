import { memo } from 'react';
import type { LegFigure } from '@/lib/book/position-row';
import type { UnknownReason } from '@/lib/domain/known';
import { assetColour } from '@/lib/format/asset-colour';
import { formatAmount } from '@/lib/format/format-amount';
import { formatUsd, formatUsdCompact } from '@/lib/format/format-usd';
import { toNumber } from '@/lib/units/decimal';
import { UnknownFigure } from './known-figure';

const describe = ({ leg, value }: LegFigure): string => {
  if (!value.known) return `${leg.asset.symbol}: ${value.reason.text}`;
  const amount = formatAmount(leg.amount, leg.asset.decimals, leg.side === 'debt' ? 'up' : 'down');
  const worth = formatUsd(value.value, leg.side === 'debt' ? 'up' : 'down');
  const idle = leg.side === 'collateral' && !leg.enabled ? ', does not count' : '';
  return `${amount} ${leg.asset.symbol} (${worth}${idle})`;
};

/** A sliver that can still be seen. */
const MIN_SHARE = 0.02;
const WAD = 10n ** 18n;

/** Part of the whole as a float, for drawing. */
const computeShare = (part: bigint, whole: bigint): number => (whole === 0n ? 1 : toNumber((part * WAD) / whole, 18));

/** What a side of a position is made of: its value, and a bar of its assets by value. Idle collateral is drawn pale. */
export const MixBar = memo(function MixBar({
  legs,
  blind,
  affected,
}: {
  readonly legs: readonly LegFigure[];
  /** Why nothing can be said of the position now: then that there is no leg cannot be said either. */
  readonly blind: UnknownReason | undefined;
  readonly affected: boolean;
}) {
  if (legs.length === 0 && blind) {
    return (
      <span className="block w-[60px] max-md:w-full">
        <UnknownFigure reason={blind.text} className="block text-[11px] text-muted leading-[13px]" />
        <span className="hatched block h-2 rounded-xs" />
      </span>
    );
  }
  if (legs.length === 0) {
    return (
      <span className="block w-[60px] max-md:w-full">
        <span className="block text-[11px] text-faint leading-[13px]">none</span>
        <span className="block h-2 rounded-xs bg-sunken" />
      </span>
    );
  }
  const unknown = legs.find(({ value }) => !value.known);
  const total = legs.reduce((sum, { value }) => sum + (value.known ? value.value : 0n), 0n);
  const text = legs.map(describe).join('\n');
  return (
    <span className="block w-[60px] max-md:w-full" title={text}>
      <span className="block text-[11px] text-muted leading-[13px]">
        <span className={affected ? 'whatif' : undefined}>
          {unknown ? '—' : formatUsdCompact(total, legs[0]?.leg.side === 'debt' ? 'up' : 'down')}
        </span>
      </span>
      <span className="sr-only">{text}</span>
      <span className={`flex h-2 gap-px overflow-hidden rounded-xs ${unknown ? 'hatched' : 'bg-sunken'}`}>
        {!unknown &&
          legs.map(({ leg, value }) => (
            <span
              key={leg.asset.id}
              style={{
                flexGrow: value.known ? Math.max(MIN_SHARE, computeShare(value.value, total)) : 0,
                background: assetColour(leg.asset.symbol),
                opacity: leg.side === 'collateral' && !leg.enabled ? 0.35 : 1,
              }}
            />
          ))}
      </span>
    </span>
  );
});
