'use client';

import { useLive } from '@/components/frame/live-context';
import { ClockTime } from '@/components/ui/clock-time';
import { ToneMark } from '@/components/ui/tag';
import type { Address } from '@/lib/domain/asset';

/** That an account was liquidated on this chain, and when last: what is left of a position may look safer than it was. Nothing otherwise. */
export function LiquidatedMark({ account }: { readonly account: Address }) {
  const atSeconds = useLive(
    (state) =>
      state.market?.simulation?.liquidations.find((liquidation) => liquidation.account === account)?.timestampSeconds,
  );
  if (atSeconds === undefined) return null;
  return (
    <span className="flex items-center gap-1 whitespace-nowrap font-normal text-[11px] text-liquidatable leading-[14px]">
      <ToneMark tone="liquidatable" /> liquidated <ClockTime atMs={atSeconds * 1000} />
    </span>
  );
}
